-- mxleak-setup-file
CREATE TABLE items (id INTEGER PRIMARY KEY, name VARCHAR, price DECIMAL(10, 2), day DATE);
INSERT INTO items VALUES (1, 'lamp', 9.50, '2026-01-31'), (2, 'chair', 120.00, '2026-02-01'), (3, 'Tür', 0.01, NULL);
