CREATE TABLE IF NOT EXISTS watched (id INTEGER PRIMARY KEY, note TEXT);
INSERT OR IGNORE INTO watched VALUES (1, 'nothing has happened yet');
