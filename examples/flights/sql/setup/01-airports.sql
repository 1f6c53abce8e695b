CREATE OR REPLACE TABLE airports (
  code VARCHAR PRIMARY KEY,
  name VARCHAR NOT NULL,
  city VARCHAR,
  state VARCHAR,
  country VARCHAR NOT NULL,
  latitude DOUBLE NOT NULL,
  longitude DOUBLE NOT NULL
);

INSERT INTO airports
SELECT iata, name, city, state, country, latitude, longitude
FROM read_csv(
  'data/airports.csv',
  header = true,
  nullstr = 'NA',
  columns = {
    iata: 'VARCHAR', name: 'VARCHAR', city: 'VARCHAR', state: 'VARCHAR', country: 'VARCHAR',
    latitude: 'DOUBLE', longitude: 'DOUBLE'
  }
);

COMMENT ON TABLE airports IS 'Airports of the United States and its territories';
COMMENT ON COLUMN airports.code IS 'IATA code, or the FAA identifier of a small field';
COMMENT ON COLUMN airports.state IS 'Two-letter state; NULL where the source has none';
