package dev.salesforcesync.sandbox.salesforce.protocol;

/** Answers the requests of one protocol. */
interface Endpoint {
    Reply answer(Request request);
}
