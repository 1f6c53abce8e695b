-- Written by the tool watch_route, so it is kept when the data above is loaded again.
CREATE TABLE IF NOT EXISTS watches (
  origin VARCHAR NOT NULL,
  destination VARCHAR NOT NULL,
  threshold INTEGER NOT NULL,
  note VARCHAR,
  PRIMARY KEY (origin, destination)
);

COMMENT ON TABLE watches IS 'Routes somebody keeps an eye on';
COMMENT ON COLUMN watches.threshold IS 'Minutes of delay from which a flight counts as late';
