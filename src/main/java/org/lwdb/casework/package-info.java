/** The application, its settings, and the few things that every package speaks of. */
package org.lwdb.casework;
