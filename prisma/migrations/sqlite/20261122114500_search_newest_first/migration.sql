-- Written by hand: full text lies outside the Prisma schema. The index is in the order of ids now, newest last, so that a
-- whole district is one list. Its words are those of src/ledger/search/write.ts. The service fills it when it starts.
DROP TABLE "EntrySearch";
DROP TABLE "RequestSearch";
CREATE VIRTUAL TABLE "EntrySearch" USING fts5(words, content='', contentless_delete=1, detail=none, tokenize='ascii');
CREATE VIRTUAL TABLE "RequestSearch" USING fts5(words, content='', contentless_delete=1, detail=none, tokenize='ascii');

-- Every commit makes a small segment. Merging eight at a time costs a turn a third of what merging four does.
INSERT INTO "EntrySearch" ("EntrySearch", rank) VALUES ('automerge', 8);
INSERT INTO "RequestSearch" ("RequestSearch", rank) VALUES ('automerge', 8);

-- Words that many documents have: a search leaves them to the exact check where that is faster. Only figures of speed.
CREATE TABLE "SearchWord" (source TEXT NOT NULL, word TEXT NOT NULL, share REAL NOT NULL, PRIMARY KEY (source, word)) WITHOUT ROWID;
CREATE TABLE "SearchState" (name TEXT NOT NULL PRIMARY KEY, value BIGINT NOT NULL);
INSERT INTO "SearchState" (name, value) VALUES ('version', 0), ('erased', 0), ('counted:entry', 0), ('counted:request', 0);
