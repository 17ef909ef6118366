/** What people and programs open: the pages, the HTTP API, the learner's links, and sign-in. */
package org.lwdb.casework.web;
