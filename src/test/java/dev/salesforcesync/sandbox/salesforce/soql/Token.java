package dev.salesforcesync.sandbox.salesforce.soql;

/** One word of a query; {@code text} is the unescaped value for strings. */
record Token(Kind kind, String text, int position) {

    enum Kind {
        WORD,
        STRING,
        NUMBER,
        MOMENT,
        DAY,
        SYMBOL,
        END
    }

    boolean isWord(String word) {
        return kind == Kind.WORD && text.equalsIgnoreCase(word);
    }

    boolean isSymbol(String symbol) {
        return kind == Kind.SYMBOL && text.equals(symbol);
    }
}
