/**
 * Courses, enrollments and progress, as Coursera's reports tell them, and the inbox of what is new
 * in them.
 */
package org.lwdb.casework.learning;
