-- The catalogue as its first revision made it: what an older home brings along.
CREATE TABLE attempt (
    id INTEGER NOT NULL,
    name VARCHAR(128) NOT NULL,
    address VARCHAR(64) NOT NULL,
    at DATETIME NOT NULL,
    PRIMARY KEY (id)
);
CREATE INDEX attempt_at ON attempt (at);
CREATE TABLE event (
    seq INTEGER NOT NULL,
    at DATETIME NOT NULL,
    actor VARCHAR(128) NOT NULL,
    verb VARCHAR(48) NOT NULL,
    target VARCHAR(128) NOT NULL,
    details JSON NOT NULL,
    "before" VARCHAR(64) NOT NULL,
    hash VARCHAR(64) NOT NULL,
    PRIMARY KEY (seq)
);
CREATE INDEX event_target ON event (target);
CREATE TABLE fonds (
    id VARCHAR(36) NOT NULL,
    code VARCHAR(64) NOT NULL,
    title TEXT NOT NULL,
    packs JSON NOT NULL,
    grammar VARCHAR(32) NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (code)
);
CREATE TABLE item_number (
    class_key VARCHAR(160) NOT NULL,
    last INTEGER NOT NULL,
    PRIMARY KEY (class_key)
);
CREATE TABLE person (
    id VARCHAR(36) NOT NULL,
    name VARCHAR(128) NOT NULL,
    role VARCHAR(16) NOT NULL,
    password_hash TEXT NOT NULL,
    created_at DATETIME NOT NULL,
    disabled_at DATETIME,
    must_change BOOLEAN NOT NULL,
    language VARCHAR(8) NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (name)
);
CREATE TABLE file (
    id VARCHAR(36) NOT NULL,
    fonds_id VARCHAR(36) NOT NULL,
    series VARCHAR(64) NOT NULL,
    subject_key VARCHAR(128) NOT NULL,
    title TEXT NOT NULL,
    number INTEGER NOT NULL,
    opened_at DATETIME NOT NULL,
    closed_at DATETIME,
    PRIMARY KEY (id),
    CONSTRAINT file_number UNIQUE (fonds_id, series, number),
    FOREIGN KEY(fonds_id) REFERENCES fonds (id)
);
CREATE UNIQUE INDEX file_open ON file (fonds_id, subject_key) WHERE closed_at IS NULL;
CREATE TABLE session (
    token VARCHAR(64) NOT NULL,
    person_id VARCHAR(36) NOT NULL,
    csrf VARCHAR(64) NOT NULL,
    created_at DATETIME NOT NULL,
    expires_at DATETIME NOT NULL,
    PRIMARY KEY (token),
    FOREIGN KEY(person_id) REFERENCES person (id)
);
CREATE INDEX session_person ON session (person_id);
CREATE TABLE item (
    id VARCHAR(36) NOT NULL,
    state VARCHAR(16) NOT NULL,
    captured_at DATETIME NOT NULL,
    filed_at DATETIME,
    fonds_id VARCHAR(36),
    file_id VARCHAR(36),
    reference_code VARCHAR(128),
    filing_year VARCHAR(4) NOT NULL,
    pack_version VARCHAR(32) NOT NULL,
    pack_digest VARCHAR(64) NOT NULL,
    description JSON NOT NULL,
    confidence FLOAT NOT NULL,
    page_count INTEGER NOT NULL,
    version INTEGER NOT NULL,
    origin TEXT NOT NULL,
    run TEXT,
    title TEXT NOT NULL,
    document_number TEXT NOT NULL,
    creator TEXT NOT NULL,
    date VARCHAR(10) NOT NULL,
    pack VARCHAR(64) NOT NULL,
    series VARCHAR(64) NOT NULL,
    retention VARCHAR(16) NOT NULL,
    marking VARCHAR(16) NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(fonds_id) REFERENCES fonds (id),
    FOREIGN KEY(file_id) REFERENCES file (id)
);
CREATE UNIQUE INDEX item_code ON item (reference_code);
CREATE INDEX item_place ON item (fonds_id, series, date);
CREATE INDEX item_run ON item (run);
CREATE INDEX item_state ON item (state);
CREATE TABLE scan (
    id VARCHAR(36) NOT NULL,
    path BLOB NOT NULL,
    home VARCHAR(8) NOT NULL,
    state VARCHAR(16) NOT NULL,
    seen_at DATETIME NOT NULL,
    changed_at DATETIME NOT NULL,
    fonds_id VARCHAR(36),
    pack VARCHAR(64),
    hints JSON NOT NULL,
    run TEXT,
    position INTEGER NOT NULL,
    sha256 VARCHAR(64),
    size BIGINT NOT NULL,
    mtime_ns BIGINT NOT NULL,
    inode BIGINT NOT NULL,
    format VARCHAR(16),
    item_id VARCHAR(36),
    duplicate_of VARCHAR(36),
    reason JSON,
    parked BLOB,
    released BOOLEAN NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(fonds_id) REFERENCES fonds (id),
    FOREIGN KEY(item_id) REFERENCES item (id)
);
CREATE INDEX scan_bytes ON scan (sha256);
CREATE INDEX scan_changed ON scan (changed_at);
CREATE INDEX scan_item ON scan (item_id);
CREATE INDEX scan_path ON scan (path);
CREATE INDEX scan_run ON scan (run);
CREATE INDEX scan_seen ON scan (seen_at);
CREATE INDEX scan_state ON scan (state);
CREATE TABLE page (
    id VARCHAR(36) NOT NULL,
    item_id VARCHAR(36) NOT NULL,
    scan_id VARCHAR(36) NOT NULL,
    number INTEGER NOT NULL,
    frame INTEGER NOT NULL,
    state VARCHAR(16) NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    dpi INTEGER NOT NULL,
    kind VARCHAR(8) NOT NULL,
    blank BOOLEAN NOT NULL,
    turned INTEGER NOT NULL,
    script VARCHAR(8) NOT NULL,
    confidence FLOAT NOT NULL,
    "key" TEXT NOT NULL,
    version INTEGER NOT NULL,
    indexed_version INTEGER NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT page_frame UNIQUE (scan_id, frame),
    FOREIGN KEY(item_id) REFERENCES item (id),
    FOREIGN KEY(scan_id) REFERENCES scan (id)
);
CREATE INDEX page_behind ON page (id) WHERE indexed_version < version AND state = 'read';
CREATE INDEX page_item ON page (item_id, number);
CREATE INDEX page_waiting ON page (id) WHERE state = 'waiting';
CREATE TABLE scan_version (
    scan_id VARCHAR(36) NOT NULL,
    sha256 VARCHAR(64) NOT NULL,
    size BIGINT NOT NULL,
    at DATETIME NOT NULL,
    PRIMARY KEY (scan_id, sha256),
    FOREIGN KEY(scan_id) REFERENCES scan (id)
);
CREATE TABLE reading (
    page_id VARCHAR(36) NOT NULL,
    text TEXT NOT NULL,
    words BLOB NOT NULL,
    engine VARCHAR(32) NOT NULL,
    engine_version VARCHAR(64) NOT NULL,
    settings JSON NOT NULL,
    PRIMARY KEY (page_id),
    FOREIGN KEY(page_id) REFERENCES page (id)
);
CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY);
INSERT INTO alembic_version VALUES ('0001');
