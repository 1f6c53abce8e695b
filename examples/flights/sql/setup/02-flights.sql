CREATE OR REPLACE TABLE flights (
  id INTEGER PRIMARY KEY,
  departure TIMESTAMP NOT NULL,
  origin VARCHAR NOT NULL,
  destination VARCHAR NOT NULL,
  delay INTEGER NOT NULL,
  distance INTEGER NOT NULL
);

INSERT INTO flights
SELECT row_number() OVER (), strptime(date, '%Y/%m/%d %H:%M'), origin, destination, delay, distance
FROM read_json(
  'data/flights-20k.json',
  columns = {date: 'VARCHAR', delay: 'INTEGER', distance: 'INTEGER', origin: 'VARCHAR', destination: 'VARCHAR'}
);

CREATE INDEX flights_by_route ON flights (origin, destination);

COMMENT ON TABLE flights IS 'A random sample of 20,000 domestic flights, January to March 2001';
COMMENT ON COLUMN flights.departure IS 'Local time, without a time zone';
COMMENT ON COLUMN flights.delay IS 'Minutes late; negative when early';
COMMENT ON COLUMN flights.distance IS 'Miles';

-- Every airport with how busy it is in the sample: what the tools call an airport.
CREATE OR REPLACE VIEW airport_traffic AS
SELECT airports.*, count(flights.id) AS departures
FROM airports LEFT JOIN flights ON flights.origin = airports.code
GROUP BY ALL;
