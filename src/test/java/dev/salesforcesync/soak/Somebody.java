package dev.salesforcesync.soak;

/** One person of the town, as the directory has them at this moment. */
final class Somebody {
    final String employee;
    final String account;
    String cn;
    String upn;
    Where where = Where.HERE;
    boolean reads;
    boolean sells;

    /** Where a person is, as seen by the directory. */
    enum Where {
        HERE,
        DISABLED,
        EXPIRED,
        MOVED,
        DROPPED,
        DELETED
    }

    Somebody(int number) {
        this.employee = String.format(java.util.Locale.ROOT, "E%06d", number);
        this.account = "p" + number;
        this.cn = account;
        this.upn = account + "@soak.example.com";
    }

    String dn() {
        return "CN=" + cn + "," + (where == Where.MOVED ? Site.ELSEWHERE : Site.OU);
    }

    boolean isHere() {
        return where == Where.HERE;
    }
}
