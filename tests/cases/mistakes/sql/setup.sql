CREATE TABLE flights (id INTEGER, region VARCHAR);
