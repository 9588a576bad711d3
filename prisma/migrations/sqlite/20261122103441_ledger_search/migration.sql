-- Written by hand: full text lies outside the Prisma schema. Words are those of src/ledger/search/tokens.ts.
CREATE VIRTUAL TABLE "EntrySearch" USING fts5(words, content='', contentless_delete=1, detail=none, tokenize='ascii');
CREATE VIRTUAL TABLE "RequestSearch" USING fts5(words, content='', contentless_delete=1, detail=none, tokenize='ascii');

-- Which database this is, for the few statements that differ.
CREATE VIEW "Dialect" AS SELECT 'sqlite' AS "name";
