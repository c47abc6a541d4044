/** Tests of the Salesforce gateway, against servers that fail in every way a real one has been seen to fail. */
@NullMarked
package dev.salesforcesync.salesforce;

import org.jspecify.annotations.NullMarked;
