SELECT p.full_name AS name, NULL AS birth_date, NULL AS sex, v.name AS village, r.rid AS household, h.code
FROM household AS h
JOIN rec AS r ON r.lid = h.lid
JOIN household_list AS l ON l.lid = h.lid
LEFT JOIN person AS p ON p.lid = l.head
LEFT JOIN village AS v ON v.lid = l.village
WHERE h.lid = ?1
