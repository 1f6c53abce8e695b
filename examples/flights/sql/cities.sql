-- What is proposed while somebody types a city: those with flights, the busiest first.
SELECT city
FROM airport_traffic
WHERE departures > 0 AND starts_with(lower(city), lower($value))
GROUP BY city
ORDER BY sum(departures) DESC, city
