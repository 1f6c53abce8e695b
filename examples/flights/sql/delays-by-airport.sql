WITH ranked AS (
  SELECT
    code,
    city,
    count(*) AS departures,
    round(avg(delay), 1) AS mean_delay,
    median(delay) AS median_delay,
    round(100 * avg((delay < 15)::INTEGER), 1) AS on_time_percent,
    max(delay) AS worst_delay
  FROM flights JOIN airports ON airports.code = flights.origin
  WHERE $state IS NULL OR state = $state
  GROUP BY code, city
  HAVING count(*) >= $min_departures
)
FROM ranked
ORDER BY CASE $order WHEN 'worst' THEN -mean_delay ELSE mean_delay END, code
LIMIT $limit
