/** How the org is spoken to: OAuth, SOAP partner API, REST and the sandbox's own pages, over HTTP. */
@NullMarked
package dev.salesforcesync.sandbox.salesforce.protocol;

import org.jspecify.annotations.NullMarked;
