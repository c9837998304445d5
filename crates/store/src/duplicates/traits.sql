SELECT r.lid, r.rid, p.full_name, p.other_name, p.birth_date, p.sex, p.citizen_id, p.old_id, h.rid AS household, v.rid AS village
FROM person_list AS l
CROSS JOIN rec AS r ON r.lid = l.lid
CROSS JOIN person AS p ON p.lid = l.lid
LEFT JOIN rec AS h ON h.lid = l.household
LEFT JOIN rec AS v ON v.lid = l.village
