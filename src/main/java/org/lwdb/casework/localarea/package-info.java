/**
 * The 33 local workforce development boards, their counties, and the register of their Coursera
 * administrators.
 */
package org.lwdb.casework.localarea;
