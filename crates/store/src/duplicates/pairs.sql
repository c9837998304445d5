-- Each branch is a join of the index with itself; what the names and births of a pair are worth is judged afterwards.
SELECT a.lid AS one, b.lid AS other FROM person_match AS a JOIN person_match AS b ON b.sound = a.sound AND b.lid > a.lid
WHERE a.year = b.year OR a.day = b.day OR a.year IS NULL OR b.year IS NULL
UNION SELECT a.lid, b.lid FROM person_match AS a JOIN person_match AS b ON b.given = a.given AND b.year = a.year AND b.lid > a.lid
WHERE a.day = b.day OR a.day / 100 = b.day % 100 OR a.day IS NULL OR b.day IS NULL
UNION SELECT a.lid, b.lid FROM person_match AS a JOIN person_match AS b ON b.day = a.day AND b.year = a.year AND b.lid > a.lid
UNION SELECT a.lid, b.lid FROM person AS a JOIN person AS b ON b.citizen_id = a.citizen_id AND b.lid > a.lid
UNION SELECT a.lid, b.lid FROM person AS a JOIN person AS b ON b.old_id = a.old_id AND b.lid > a.lid
ORDER BY one, other
