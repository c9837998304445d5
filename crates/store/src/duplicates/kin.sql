SELECT p.full_name AS name
FROM rec AS r
JOIN household_member AS m ON m.lid = r.lid
JOIN rec AS o ON o.rid = m.person
JOIN person AS p ON p.lid = o.lid
WHERE r.parent = :household AND r.kind = 3 AND r.life = 0 AND o.rid <> :person
UNION
SELECT coalesce(p.full_name, t.parent_name) AS name
FROM rec AS r
JOIN parent_link AS t ON t.lid = r.lid
LEFT JOIN rec AS o ON o.rid = t.parent
LEFT JOIN person AS p ON p.lid = o.lid
WHERE r.parent = :person AND r.kind = 8 AND r.life = 0
ORDER BY name
