SELECT r.rid, p.full_name, p.other_name, p.birth_date, p.sex, p.citizen_id, p.old_id, h.rid AS household, v.rid AS village
FROM rec AS r
JOIN person AS p ON p.lid = r.lid
LEFT JOIN person_list AS l ON l.lid = r.lid
LEFT JOIN rec AS h ON h.lid = l.household
LEFT JOIN rec AS v ON v.lid = l.village
WHERE r.lid = ?1 AND r.life = 0
