/** SOQL as text and as a value: lexer, parser, syntax tree. Imports nothing but the JDK. */
@NullMarked
package dev.salesforcesync.sandbox.salesforce.soql;

import org.jspecify.annotations.NullMarked;
