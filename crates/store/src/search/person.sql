SELECT p.full_name AS name, p.birth_date, p.sex, v.name AS village, r.rid AS household, h.code
FROM person AS p
JOIN person_list AS l ON l.lid = p.lid
LEFT JOIN rec AS r ON r.lid = l.household
LEFT JOIN household AS h ON h.lid = l.household
LEFT JOIN village AS v ON v.lid = l.village
WHERE p.lid = ?1
