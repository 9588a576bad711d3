-- Written by hand: full text lies outside the Prisma schema. The index is in the order of ids now, newest last. Its words are
-- those of src/ledger/search/write.ts. The service fills it when it starts.
TRUNCATE "EntrySearch";
TRUNCATE "RequestSearch";

-- Words that many documents have. PostgreSQL keeps figures of its own. The tables are here so that both are alike.
CREATE TABLE "SearchWord" (source TEXT NOT NULL, word TEXT NOT NULL, share DOUBLE PRECISION NOT NULL, PRIMARY KEY (source, word));
CREATE TABLE "SearchState" (name TEXT NOT NULL PRIMARY KEY, value BIGINT NOT NULL);
INSERT INTO "SearchState" (name, value) VALUES ('version', 0), ('erased', 0), ('counted:entry', 0), ('counted:request', 0);
