package dev.salesforcesync.sandbox.salesforce.org;

/** A whole call is refused: a SOAP fault, or an error answer of REST. */
public final class ApiRefusal extends RuntimeException {
    private final ErrorCode code;

    public ApiRefusal(ErrorCode code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    public ErrorCode code() {
        return code;
    }

    /** The message; never null. */
    public String text() {
        String message = getMessage();
        return message == null ? "" : message;
    }
}
