SELECT v.name AS name, NULL AS birth_date, NULL AS sex, v.name AS village, NULL AS household, NULL AS code
FROM village AS v
WHERE v.lid = ?1
