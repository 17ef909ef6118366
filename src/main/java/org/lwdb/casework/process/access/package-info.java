/**
 * The engine's doors and walls: its users, groups and tenants, what each group may do, who acts on
 * a thread, and what may pass from outside through its REST APIs.
 */
package org.lwdb.casework.process.access;
