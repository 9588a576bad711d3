-- CreateTable
CREATE TABLE "District" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "Subdistrict" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "districtId" INTEGER NOT NULL,
    CONSTRAINT "Subdistrict_districtId_fkey" FOREIGN KEY ("districtId") REFERENCES "District" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Community" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "timezone" TEXT NOT NULL,
    "settings" JSONB NOT NULL,
    "subdistrictId" INTEGER NOT NULL,
    CONSTRAINT "Community_subdistrictId_fkey" FOREIGN KEY ("subdistrictId") REFERENCES "Subdistrict" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Grid" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "communityId" INTEGER NOT NULL,
    CONSTRAINT "Grid_communityId_fkey" FOREIGN KEY ("communityId") REFERENCES "Community" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "GridAssignment" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "gridId" INTEGER NOT NULL,
    "personId" INTEGER NOT NULL,
    "kind" TEXT NOT NULL DEFAULT 'holder',
    "startsAt" DATETIME NOT NULL,
    "endsAt" DATETIME,
    "reason" TEXT NOT NULL DEFAULT '',
    CONSTRAINT "GridAssignment_gridId_fkey" FOREIGN KEY ("gridId") REFERENCES "Grid" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "GridAssignment_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Household" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "gridId" INTEGER NOT NULL,
    "communityId" INTEGER NOT NULL,
    "estate" TEXT NOT NULL DEFAULT '',
    "building" TEXT NOT NULL,
    "unit" TEXT NOT NULL DEFAULT '',
    "room" TEXT NOT NULL,
    "headName" TEXT NOT NULL DEFAULT '',
    "phone" TEXT NOT NULL DEFAULT '',
    "tier" TEXT NOT NULL DEFAULT 'ordinary',
    "occupancy" TEXT NOT NULL DEFAULT 'owned',
    CONSTRAINT "Household_gridId_fkey" FOREIGN KEY ("gridId") REFERENCES "Grid" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Person" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "name" TEXT NOT NULL,
    "phone" TEXT NOT NULL DEFAULT '',
    "staffNo" TEXT,
    "communityId" INTEGER,
    "householdId" INTEGER,
    "createdAt" DATETIME NOT NULL,
    CONSTRAINT "Person_householdId_fkey" FOREIGN KEY ("householdId") REFERENCES "Household" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "RoleGrant" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "personId" INTEGER NOT NULL,
    "role" TEXT NOT NULL,
    "scopeKind" TEXT NOT NULL,
    "scopeId" INTEGER NOT NULL,
    "startsAt" DATETIME NOT NULL,
    "endsAt" DATETIME,
    CONSTRAINT "RoleGrant_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Account" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "channel" TEXT NOT NULL,
    "externalId" TEXT NOT NULL,
    "displayName" TEXT NOT NULL DEFAULT '',
    "personId" INTEGER,
    "privateChat" TEXT,
    "reachable" BOOLEAN NOT NULL DEFAULT true,
    "lastGroupId" INTEGER,
    "createdAt" DATETIME NOT NULL,
    CONSTRAINT "Account_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Chat" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "channel" TEXT NOT NULL,
    "externalId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL DEFAULT '',
    "communityId" INTEGER,
    "gridId" INTEGER,
    "active" BOOLEAN NOT NULL DEFAULT true,
    "createdAt" DATETIME NOT NULL,
    CONSTRAINT "Chat_communityId_fkey" FOREIGN KEY ("communityId") REFERENCES "Community" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "BindingClaim" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "accountId" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "householdId" INTEGER,
    "staffNo" TEXT,
    "name" TEXT NOT NULL,
    "subjectId" INTEGER,
    "status" TEXT NOT NULL DEFAULT 'open',
    "decidedById" INTEGER,
    "createdAt" DATETIME NOT NULL,
    "decidedAt" DATETIME
);

-- CreateTable
CREATE TABLE "AccessLog" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "at" DATETIME NOT NULL,
    "actor" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "detail" TEXT NOT NULL DEFAULT ''
);

-- CreateTable
CREATE TABLE "InboxMessage" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "channel" TEXT NOT NULL,
    "externalId" TEXT NOT NULL,
    "conversation" TEXT NOT NULL,
    "messageId" TEXT,
    "payload" JSONB NOT NULL,
    "receivedAt" DATETIME NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'received',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "error" TEXT,
    "handledAt" DATETIME
);

-- CreateTable
CREATE TABLE "OutboxMessage" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "key" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "conversation" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "priority" TEXT NOT NULL,
    "notBefore" DATETIME NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'pending',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "claimedAt" DATETIME,
    "finishedAt" DATETIME,
    "externalId" TEXT,
    "error" TEXT,
    "subject" TEXT,
    "accountId" INTEGER,
    "fallback" JSONB
);

-- CreateTable
CREATE TABLE "Offer" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "token" TEXT NOT NULL,
    "outboxKey" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "conversation" TEXT NOT NULL,
    "options" JSONB NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "expiresAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "PendingQuestion" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "channel" TEXT NOT NULL,
    "conversation" TEXT NOT NULL,
    "accountId" INTEGER NOT NULL,
    "command" TEXT NOT NULL,
    "input" JSONB NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "expiresAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "JobCursor" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "job" TEXT NOT NULL,
    "communityId" INTEGER NOT NULL,
    "at" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "JobMiss" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "job" TEXT NOT NULL,
    "communityId" INTEGER NOT NULL,
    "slot" DATETIME NOT NULL,
    "reason" TEXT NOT NULL,
    "error" TEXT,
    "at" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "DemoClock" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "offsetMs" BIGINT NOT NULL
);

-- CreateTable
CREATE TABLE "Attachment" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "channel" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "mime" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "AccountingCheck" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "at" DATETIME NOT NULL,
    "received" INTEGER NOT NULL,
    "acted" INTEGER NOT NULL,
    "leftAlone" INTEGER NOT NULL,
    "setAside" INTEGER NOT NULL,
    "waiting" INTEGER NOT NULL,
    "balanced" BOOLEAN NOT NULL
);

-- CreateTable
CREATE TABLE "ApiToken" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "name" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "scopeKind" TEXT NOT NULL,
    "scopeId" INTEGER NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "expiresAt" DATETIME,
    "revokedAt" DATETIME
);

-- CreateTable
CREATE TABLE "LedgerEntry" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "communityId" INTEGER NOT NULL,
    "seq" INTEGER NOT NULL,
    "page" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "gridId" INTEGER,
    "householdId" INTEGER,
    "workerId" INTEGER,
    "actor" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "data" JSONB NOT NULL,
    "inboxId" INTEGER,
    "correctsSeq" INTEGER,
    "at" DATETIME NOT NULL,
    "contentHash" TEXT NOT NULL,
    "salt" TEXT,
    "erasedAt" DATETIME,
    "prevHash" TEXT NOT NULL,
    "hash" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "LedgerHead" (
    "communityId" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "seq" INTEGER NOT NULL,
    "hash" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "NumberSequence" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "communityId" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "month" TEXT NOT NULL,
    "last" INTEGER NOT NULL
);

-- CreateTable
CREATE TABLE "LedgerClose" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "communityId" INTEGER NOT NULL,
    "month" TEXT NOT NULL,
    "firstSeq" INTEGER NOT NULL,
    "lastSeq" INTEGER NOT NULL,
    "hash" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "actor" TEXT NOT NULL,
    "closedAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "LedgerRollup" (
    "scopeKind" TEXT NOT NULL,
    "scopeId" INTEGER NOT NULL,
    "month" TEXT NOT NULL,
    "page" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "count" INTEGER NOT NULL,

    PRIMARY KEY ("scopeKind", "month", "scopeId", "page", "type")
);

-- CreateTable
CREATE TABLE "InspectionLink" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "communityId" INTEGER NOT NULL,
    "tokenHash" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "pages" JSONB NOT NULL,
    "periodFrom" DATETIME NOT NULL,
    "periodTo" DATETIME NOT NULL,
    "createdById" INTEGER,
    "createdAt" DATETIME NOT NULL,
    "expiresAt" DATETIME NOT NULL,
    "revokedAt" DATETIME,
    "views" INTEGER NOT NULL DEFAULT 0,
    "lastViewAt" DATETIME
);

-- CreateTable
CREATE TABLE "RetentionMark" (
    "communityId" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "upTo" DATETIME NOT NULL,

    PRIMARY KEY ("communityId", "kind")
);

-- CreateTable
CREATE TABLE "Request" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "number" TEXT NOT NULL,
    "kind" TEXT NOT NULL DEFAULT 'request',
    "communityId" INTEGER NOT NULL,
    "gridId" INTEGER,
    "householdId" INTEGER,
    "workerId" INTEGER,
    "reporterId" INTEGER NOT NULL,
    "chatId" INTEGER NOT NULL,
    "category" TEXT NOT NULL,
    "urgent" BOOLEAN NOT NULL DEFAULT false,
    "text" TEXT NOT NULL,
    "building" TEXT,
    "unit" TEXT,
    "room" TEXT,
    "status" TEXT NOT NULL,
    "resolution" TEXT,
    "resolutionNote" TEXT,
    "createdAt" DATETIME NOT NULL,
    "acceptBy" DATETIME NOT NULL,
    "closeBy" DATETIME NOT NULL,
    "acceptedAt" DATETIME,
    "waitingUntil" DATETIME,
    "closedAt" DATETIME,
    "closings" INTEGER NOT NULL DEFAULT 0,
    "contestedAt" DATETIME,
    "chasedAt" DATETIME,
    "chases" INTEGER NOT NULL DEFAULT 0,
    "mergedIntoId" INTEGER,
    "acceptStep" INTEGER NOT NULL DEFAULT 0,
    "closeStep" INTEGER NOT NULL DEFAULT 0,
    CONSTRAINT "Request_mergedIntoId_fkey" FOREIGN KEY ("mergedIntoId") REFERENCES "Request" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "RequestReporter" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "requestId" INTEGER NOT NULL,
    "accountId" INTEGER NOT NULL,
    "householdId" INTEGER,
    "kind" TEXT NOT NULL,
    "chatId" INTEGER NOT NULL,
    "text" TEXT NOT NULL DEFAULT '',
    "at" DATETIME NOT NULL,
    CONSTRAINT "RequestReporter_requestId_fkey" FOREIGN KEY ("requestId") REFERENCES "Request" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Suspicion" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "communityId" INTEGER NOT NULL,
    "gridId" INTEGER,
    "workerId" INTEGER,
    "accountId" INTEGER NOT NULL,
    "chatId" INTEGER NOT NULL,
    "inboxId" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "category" TEXT NOT NULL,
    "urgent" BOOLEAN NOT NULL,
    "building" TEXT,
    "unit" TEXT,
    "room" TEXT,
    "status" TEXT NOT NULL DEFAULT 'open',
    "createdAt" DATETIME NOT NULL,
    "decidedById" INTEGER,
    "decidedAt" DATETIME
);

-- CreateTable
CREATE TABLE "Satisfaction" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "requestId" INTEGER NOT NULL,
    "closing" INTEGER NOT NULL,
    "accountId" INTEGER NOT NULL,
    "workerId" INTEGER,
    "gridId" INTEGER,
    "score" TEXT NOT NULL,
    "solved" TEXT NOT NULL,
    "reason" TEXT NOT NULL DEFAULT '',
    "at" DATETIME NOT NULL,
    CONSTRAINT "Satisfaction_requestId_fkey" FOREIGN KEY ("requestId") REFERENCES "Request" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "LabelledExample" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "text" TEXT NOT NULL,
    "intent" TEXT NOT NULL,
    "category" TEXT,
    "urgent" BOOLEAN NOT NULL,
    "building" TEXT,
    "unit" TEXT,
    "room" TEXT,
    "source" TEXT NOT NULL,
    "recordedAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "Survey" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "number" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "communityId" INTEGER NOT NULL,
    "scopeKind" TEXT NOT NULL,
    "scopeId" INTEGER NOT NULL,
    "series" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "owner" TEXT NOT NULL,
    "anonymous" BOOLEAN NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'draft',
    "version" INTEGER NOT NULL DEFAULT 1,
    "definition" JSONB NOT NULL,
    "definitionHash" TEXT NOT NULL,
    "seed" TEXT NOT NULL,
    "eligible" INTEGER NOT NULL DEFAULT 0,
    "excluded" INTEGER NOT NULL DEFAULT 0,
    "invited" INTEGER NOT NULL DEFAULT 0,
    "frame" JSONB,
    "createdById" INTEGER NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "startedAt" DATETIME,
    "endsAt" DATETIME,
    "closedAt" DATETIME,
    "results" JSONB
);

-- CreateTable
CREATE TABLE "SurveyVersion" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "surveyId" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "definition" JSONB NOT NULL,
    "hash" TEXT NOT NULL,
    "personId" INTEGER NOT NULL,
    "at" DATETIME NOT NULL,
    CONSTRAINT "SurveyVersion_surveyId_fkey" FOREIGN KEY ("surveyId") REFERENCES "Survey" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "SurveyRoll" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "surveyId" INTEGER NOT NULL,
    "subjectId" INTEGER NOT NULL,
    "cell" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'w',
    "answeredOn" TEXT NOT NULL DEFAULT '0000-00-00',
    "pushes" INTEGER NOT NULL DEFAULT 0,
    CONSTRAINT "SurveyRoll_surveyId_fkey" FOREIGN KEY ("surveyId") REFERENCES "Survey" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "SurveyBallot" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "surveyId" INTEGER NOT NULL,
    "cell" TEXT NOT NULL,
    "choices" TEXT NOT NULL,
    "subjectId" INTEGER,
    CONSTRAINT "SurveyBallot_surveyId_fkey" FOREIGN KEY ("surveyId") REFERENCES "Survey" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "SurveyWords" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "surveyId" INTEGER NOT NULL,
    "question" TEXT NOT NULL,
    "category" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "subjectId" INTEGER,
    "asWork" BOOLEAN NOT NULL DEFAULT false,
    CONSTRAINT "SurveyWords_surveyId_fkey" FOREIGN KEY ("surveyId") REFERENCES "Survey" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "SurveyProgress" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "token" TEXT NOT NULL,
    "surveyId" INTEGER NOT NULL,
    "accountId" INTEGER NOT NULL,
    "subjectId" INTEGER NOT NULL,
    "cell" TEXT NOT NULL,
    "answers" JSONB NOT NULL,
    "faults" INTEGER NOT NULL DEFAULT 0,
    "savedAt" DATETIME NOT NULL,
    CONSTRAINT "SurveyProgress_surveyId_fkey" FOREIGN KEY ("surveyId") REFERENCES "Survey" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Department" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "districtId" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "active" BOOLEAN NOT NULL DEFAULT true
);

-- CreateTable
CREATE TABLE "Surveyor" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "name" TEXT NOT NULL,
    "districtId" INTEGER NOT NULL,
    "personId" INTEGER NOT NULL
);

-- CreateTable
CREATE TABLE "CommunityTitle" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "communityId" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "held" BOOLEAN NOT NULL,
    "surveyId" INTEGER NOT NULL,
    "score" REAL NOT NULL,
    "at" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "Rectification" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "number" TEXT NOT NULL,
    "surveyId" INTEGER NOT NULL,
    "communityId" INTEGER NOT NULL,
    "departmentId" INTEGER NOT NULL,
    "aspect" TEXT NOT NULL,
    "score" REAL NOT NULL,
    "dueOn" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'open',
    "note" TEXT NOT NULL DEFAULT '',
    "openedAt" DATETIME NOT NULL,
    "doneAt" DATETIME,
    "reratingSurveyId" INTEGER,
    "newScore" REAL
);

-- CreateTable
CREATE TABLE "Visit" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "key" TEXT NOT NULL,
    "communityId" INTEGER NOT NULL,
    "gridId" INTEGER NOT NULL,
    "responsibleId" INTEGER,
    "householdId" INTEGER NOT NULL,
    "workerId" INTEGER NOT NULL,
    "day" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "tier" TEXT NOT NULL,
    "problem" TEXT NOT NULL DEFAULT '',
    "measure" TEXT NOT NULL DEFAULT '',
    "result" TEXT NOT NULL DEFAULT '',
    "text" TEXT NOT NULL DEFAULT '',
    "backdated" BOOLEAN NOT NULL DEFAULT false,
    "outside" BOOLEAN NOT NULL DEFAULT false,
    "photos" INTEGER NOT NULL DEFAULT 0,
    "source" TEXT NOT NULL DEFAULT 'chat',
    "status" TEXT NOT NULL DEFAULT 'valid',
    "counted" BOOLEAN NOT NULL,
    "correctsId" INTEGER,
    "requestNumber" TEXT,
    "loggedAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "VisitHousehold" (
    "householdId" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "communityId" INTEGER NOT NULL,
    "lastMetDay" TEXT,
    "lastTriedDay" TEXT,
    "lastRequestDay" TEXT
);

-- CreateTable
CREATE TABLE "VisitMonth" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "workerId" INTEGER NOT NULL,
    "communityId" INTEGER NOT NULL,
    "month" TEXT NOT NULL,
    "fromDay" TEXT NOT NULL,
    "toDay" TEXT NOT NULL,
    "quota" INTEGER NOT NULL,
    "target" INTEGER NOT NULL,
    "reason" TEXT NOT NULL DEFAULT '',
    "workDays" INTEGER NOT NULL,
    "met" INTEGER NOT NULL DEFAULT 0,
    "notHome" INTEGER NOT NULL DEFAULT 0,
    "refused" INTEGER NOT NULL DEFAULT 0,
    "remote" INTEGER NOT NULL DEFAULT 0,
    "imported" BOOLEAN NOT NULL DEFAULT false,
    "closedAt" DATETIME
);

-- CreateTable
CREATE TABLE "VisitGridYear" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "gridId" INTEGER NOT NULL,
    "communityId" INTEGER NOT NULL,
    "year" INTEGER NOT NULL,
    "households" INTEGER NOT NULL,
    "covered" INTEGER NOT NULL
);

-- CreateTable
CREATE TABLE "VisitLeave" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "key" TEXT NOT NULL,
    "communityId" INTEGER NOT NULL,
    "personId" INTEGER NOT NULL,
    "fromDay" TEXT NOT NULL,
    "toDay" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "askedAt" DATETIME NOT NULL,
    "decidedById" INTEGER,
    "decidedAt" DATETIME
);

-- CreateTable
CREATE TABLE "VisitGoal" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "scopeKind" TEXT NOT NULL,
    "scopeId" INTEGER NOT NULL,
    "month" TEXT NOT NULL,
    "quota" INTEGER NOT NULL,
    "setAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "VisitShare" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "communityId" INTEGER NOT NULL,
    "fromId" INTEGER NOT NULL,
    "toId" INTEGER NOT NULL,
    "month" TEXT NOT NULL,
    "households" INTEGER NOT NULL,
    "status" TEXT NOT NULL,
    "askedAt" DATETIME NOT NULL,
    "decidedAt" DATETIME
);

-- CreateTable
CREATE TABLE "VisitFlag" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "communityId" INTEGER NOT NULL,
    "workerId" INTEGER NOT NULL,
    "day" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "detail" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "LoginLink" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "tokenHash" TEXT NOT NULL,
    "accountId" INTEGER NOT NULL,
    "personId" INTEGER NOT NULL,
    "outboxKey" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "expiresAt" DATETIME NOT NULL,
    "usedAt" DATETIME
);

-- CreateTable
CREATE TABLE "WebSession" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "tokenHash" TEXT NOT NULL,
    "previousHash" TEXT,
    "personId" INTEGER NOT NULL,
    "accountId" INTEGER NOT NULL,
    "csrf" TEXT NOT NULL,
    "agent" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "rotatedAt" DATETIME NOT NULL,
    "lastSeenAt" DATETIME NOT NULL,
    "expiresAt" DATETIME NOT NULL,
    "revokedAt" DATETIME
);

-- CreateTable
CREATE TABLE "SettingChange" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "communityId" INTEGER NOT NULL,
    "path" TEXT NOT NULL,
    "before" TEXT,
    "after" TEXT,
    "personId" INTEGER NOT NULL,
    "reason" TEXT NOT NULL DEFAULT '',
    "at" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "ServiceAddress" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "url" TEXT NOT NULL
);

-- CreateIndex
CREATE UNIQUE INDEX "District_code_key" ON "District"("code");

-- CreateIndex
CREATE UNIQUE INDEX "Subdistrict_code_key" ON "Subdistrict"("code");

-- CreateIndex
CREATE UNIQUE INDEX "Community_code_key" ON "Community"("code");

-- CreateIndex
CREATE UNIQUE INDEX "Grid_code_key" ON "Grid"("code");

-- CreateIndex
CREATE INDEX "Grid_communityId_idx" ON "Grid"("communityId");

-- CreateIndex
CREATE INDEX "GridAssignment_gridId_endsAt_idx" ON "GridAssignment"("gridId", "endsAt");

-- CreateIndex
CREATE INDEX "GridAssignment_personId_endsAt_idx" ON "GridAssignment"("personId", "endsAt");

-- CreateIndex
CREATE INDEX "Household_gridId_idx" ON "Household"("gridId");

-- CreateIndex
CREATE INDEX "Household_communityId_building_room_idx" ON "Household"("communityId", "building", "room");

-- CreateIndex
CREATE UNIQUE INDEX "Household_communityId_estate_building_unit_room_key" ON "Household"("communityId", "estate", "building", "unit", "room");

-- CreateIndex
CREATE UNIQUE INDEX "Person_staffNo_key" ON "Person"("staffNo");

-- CreateIndex
CREATE INDEX "Person_householdId_idx" ON "Person"("householdId");

-- CreateIndex
CREATE INDEX "Person_communityId_idx" ON "Person"("communityId");

-- CreateIndex
CREATE INDEX "RoleGrant_scopeKind_scopeId_role_idx" ON "RoleGrant"("scopeKind", "scopeId", "role");

-- CreateIndex
CREATE UNIQUE INDEX "RoleGrant_personId_role_scopeKind_scopeId_key" ON "RoleGrant"("personId", "role", "scopeKind", "scopeId");

-- CreateIndex
CREATE INDEX "Account_personId_idx" ON "Account"("personId");

-- CreateIndex
CREATE UNIQUE INDEX "Account_channel_externalId_key" ON "Account"("channel", "externalId");

-- CreateIndex
CREATE INDEX "Chat_communityId_kind_idx" ON "Chat"("communityId", "kind");

-- CreateIndex
CREATE UNIQUE INDEX "Chat_channel_externalId_key" ON "Chat"("channel", "externalId");

-- CreateIndex
CREATE INDEX "BindingClaim_accountId_status_idx" ON "BindingClaim"("accountId", "status");

-- CreateIndex
CREATE INDEX "AccessLog_subject_at_idx" ON "AccessLog"("subject", "at");

-- CreateIndex
CREATE INDEX "AccessLog_at_idx" ON "AccessLog"("at");

-- CreateIndex
CREATE INDEX "InboxMessage_status_id_idx" ON "InboxMessage"("status", "id");

-- CreateIndex
CREATE INDEX "InboxMessage_handledAt_idx" ON "InboxMessage"("handledAt");

-- CreateIndex
CREATE INDEX "InboxMessage_channel_conversation_messageId_idx" ON "InboxMessage"("channel", "conversation", "messageId");

-- CreateIndex
CREATE UNIQUE INDEX "InboxMessage_channel_externalId_key" ON "InboxMessage"("channel", "externalId");

-- CreateIndex
CREATE UNIQUE INDEX "OutboxMessage_key_key" ON "OutboxMessage"("key");

-- CreateIndex
CREATE INDEX "OutboxMessage_status_notBefore_idx" ON "OutboxMessage"("status", "notBefore");

-- CreateIndex
CREATE INDEX "OutboxMessage_channel_conversation_externalId_idx" ON "OutboxMessage"("channel", "conversation", "externalId");

-- CreateIndex
CREATE UNIQUE INDEX "Offer_token_key" ON "Offer"("token");

-- CreateIndex
CREATE INDEX "Offer_channel_conversation_id_idx" ON "Offer"("channel", "conversation", "id");

-- CreateIndex
CREATE INDEX "Offer_outboxKey_idx" ON "Offer"("outboxKey");

-- CreateIndex
CREATE UNIQUE INDEX "PendingQuestion_channel_conversation_accountId_key" ON "PendingQuestion"("channel", "conversation", "accountId");

-- CreateIndex
CREATE UNIQUE INDEX "JobCursor_job_communityId_key" ON "JobCursor"("job", "communityId");

-- CreateIndex
CREATE INDEX "Attachment_subject_idx" ON "Attachment"("subject");

-- CreateIndex
CREATE UNIQUE INDEX "ApiToken_hash_key" ON "ApiToken"("hash");

-- CreateIndex
CREATE INDEX "LedgerEntry_subject_id_idx" ON "LedgerEntry"("subject", "id");

-- CreateIndex
CREATE INDEX "LedgerEntry_communityId_page_at_idx" ON "LedgerEntry"("communityId", "page", "at");

-- CreateIndex
CREATE UNIQUE INDEX "LedgerEntry_communityId_seq_key" ON "LedgerEntry"("communityId", "seq");

-- CreateIndex
CREATE UNIQUE INDEX "NumberSequence_communityId_kind_month_key" ON "NumberSequence"("communityId", "kind", "month");

-- CreateIndex
CREATE UNIQUE INDEX "LedgerClose_communityId_month_key" ON "LedgerClose"("communityId", "month");

-- CreateIndex
CREATE UNIQUE INDEX "InspectionLink_tokenHash_key" ON "InspectionLink"("tokenHash");

-- CreateIndex
CREATE INDEX "InspectionLink_communityId_expiresAt_idx" ON "InspectionLink"("communityId", "expiresAt");

-- CreateIndex
CREATE UNIQUE INDEX "Request_number_key" ON "Request"("number");

-- CreateIndex
CREATE INDEX "Request_communityId_status_createdAt_idx" ON "Request"("communityId", "status", "createdAt");

-- CreateIndex
CREATE INDEX "Request_workerId_status_idx" ON "Request"("workerId", "status");

-- CreateIndex
CREATE INDEX "Request_reporterId_status_idx" ON "Request"("reporterId", "status");

-- CreateIndex
CREATE INDEX "Request_gridId_createdAt_idx" ON "Request"("gridId", "createdAt");

-- CreateIndex
CREATE INDEX "Request_communityId_building_createdAt_idx" ON "Request"("communityId", "building", "createdAt");

-- CreateIndex
CREATE INDEX "Request_status_acceptBy_idx" ON "Request"("status", "acceptBy");

-- CreateIndex
CREATE INDEX "Request_status_closeBy_idx" ON "Request"("status", "closeBy");

-- CreateIndex
CREATE INDEX "RequestReporter_accountId_idx" ON "RequestReporter"("accountId");

-- CreateIndex
CREATE UNIQUE INDEX "RequestReporter_requestId_accountId_key" ON "RequestReporter"("requestId", "accountId");

-- CreateIndex
CREATE INDEX "Suspicion_communityId_status_idx" ON "Suspicion"("communityId", "status");

-- CreateIndex
CREATE UNIQUE INDEX "Satisfaction_requestId_closing_accountId_key" ON "Satisfaction"("requestId", "closing", "accountId");

-- CreateIndex
CREATE UNIQUE INDEX "Survey_number_key" ON "Survey"("number");

-- CreateIndex
CREATE INDEX "Survey_communityId_status_idx" ON "Survey"("communityId", "status");

-- CreateIndex
CREATE INDEX "Survey_series_communityId_idx" ON "Survey"("series", "communityId");

-- CreateIndex
CREATE INDEX "Survey_status_endsAt_idx" ON "Survey"("status", "endsAt");

-- CreateIndex
CREATE UNIQUE INDEX "SurveyVersion_surveyId_version_key" ON "SurveyVersion"("surveyId", "version");

-- CreateIndex
CREATE UNIQUE INDEX "SurveyRoll_surveyId_subjectId_key" ON "SurveyRoll"("surveyId", "subjectId");

-- CreateIndex
CREATE INDEX "SurveyBallot_surveyId_cell_idx" ON "SurveyBallot"("surveyId", "cell");

-- CreateIndex
CREATE UNIQUE INDEX "SurveyBallot_surveyId_subjectId_key" ON "SurveyBallot"("surveyId", "subjectId");

-- CreateIndex
CREATE INDEX "SurveyWords_surveyId_question_idx" ON "SurveyWords"("surveyId", "question");

-- CreateIndex
CREATE UNIQUE INDEX "SurveyProgress_token_key" ON "SurveyProgress"("token");

-- CreateIndex
CREATE INDEX "SurveyProgress_surveyId_subjectId_idx" ON "SurveyProgress"("surveyId", "subjectId");

-- CreateIndex
CREATE UNIQUE INDEX "SurveyProgress_surveyId_accountId_key" ON "SurveyProgress"("surveyId", "accountId");

-- CreateIndex
CREATE UNIQUE INDEX "Department_districtId_name_key" ON "Department"("districtId", "name");

-- CreateIndex
CREATE UNIQUE INDEX "Surveyor_personId_key" ON "Surveyor"("personId");

-- CreateIndex
CREATE UNIQUE INDEX "CommunityTitle_communityId_title_surveyId_key" ON "CommunityTitle"("communityId", "title", "surveyId");

-- CreateIndex
CREATE UNIQUE INDEX "Rectification_number_key" ON "Rectification"("number");

-- CreateIndex
CREATE INDEX "Rectification_communityId_status_idx" ON "Rectification"("communityId", "status");

-- CreateIndex
CREATE UNIQUE INDEX "Rectification_surveyId_departmentId_aspect_key" ON "Rectification"("surveyId", "departmentId", "aspect");

-- CreateIndex
CREATE UNIQUE INDEX "Visit_key_key" ON "Visit"("key");

-- CreateIndex
CREATE INDEX "Visit_workerId_day_idx" ON "Visit"("workerId", "day");

-- CreateIndex
CREATE INDEX "Visit_householdId_day_idx" ON "Visit"("householdId", "day");

-- CreateIndex
CREATE INDEX "Visit_communityId_day_idx" ON "Visit"("communityId", "day");

-- CreateIndex
CREATE INDEX "VisitHousehold_communityId_idx" ON "VisitHousehold"("communityId");

-- CreateIndex
CREATE INDEX "VisitMonth_month_communityId_idx" ON "VisitMonth"("month", "communityId");

-- CreateIndex
CREATE UNIQUE INDEX "VisitMonth_workerId_month_key" ON "VisitMonth"("workerId", "month");

-- CreateIndex
CREATE INDEX "VisitGridYear_year_communityId_idx" ON "VisitGridYear"("year", "communityId");

-- CreateIndex
CREATE UNIQUE INDEX "VisitGridYear_gridId_year_key" ON "VisitGridYear"("gridId", "year");

-- CreateIndex
CREATE UNIQUE INDEX "VisitLeave_key_key" ON "VisitLeave"("key");

-- CreateIndex
CREATE INDEX "VisitLeave_personId_toDay_idx" ON "VisitLeave"("personId", "toDay");

-- CreateIndex
CREATE INDEX "VisitLeave_communityId_toDay_idx" ON "VisitLeave"("communityId", "toDay");

-- CreateIndex
CREATE UNIQUE INDEX "VisitGoal_scopeKind_scopeId_month_key" ON "VisitGoal"("scopeKind", "scopeId", "month");

-- CreateIndex
CREATE INDEX "VisitShare_toId_month_idx" ON "VisitShare"("toId", "month");

-- CreateIndex
CREATE UNIQUE INDEX "VisitShare_fromId_toId_month_key" ON "VisitShare"("fromId", "toId", "month");

-- CreateIndex
CREATE INDEX "VisitFlag_communityId_day_idx" ON "VisitFlag"("communityId", "day");

-- CreateIndex
CREATE UNIQUE INDEX "VisitFlag_workerId_day_kind_key" ON "VisitFlag"("workerId", "day", "kind");

-- CreateIndex
CREATE UNIQUE INDEX "LoginLink_tokenHash_key" ON "LoginLink"("tokenHash");

-- CreateIndex
CREATE INDEX "LoginLink_accountId_createdAt_idx" ON "LoginLink"("accountId", "createdAt");

-- CreateIndex
CREATE INDEX "LoginLink_expiresAt_idx" ON "LoginLink"("expiresAt");

-- CreateIndex
CREATE UNIQUE INDEX "WebSession_tokenHash_key" ON "WebSession"("tokenHash");

-- CreateIndex
CREATE UNIQUE INDEX "WebSession_previousHash_key" ON "WebSession"("previousHash");

-- CreateIndex
CREATE INDEX "WebSession_personId_revokedAt_idx" ON "WebSession"("personId", "revokedAt");

-- CreateIndex
CREATE INDEX "SettingChange_communityId_id_idx" ON "SettingChange"("communityId", "id");
