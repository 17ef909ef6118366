/** Files of rows as people send them: CSV, Excel, a zip of one of these. */
package org.lwdb.casework.spreadsheet;
