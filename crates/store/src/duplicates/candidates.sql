SELECT lid FROM person_match WHERE sound = :sound
UNION SELECT lid FROM person_match WHERE given = :given AND year = :year
UNION SELECT lid FROM person_match WHERE day IN (:day, :swapped) AND year = :year
UNION SELECT lid FROM person_match WHERE day = :day AND given = :given
UNION SELECT lid FROM person_match WHERE village = (SELECT lid FROM rec WHERE rid = :village) AND year = :year
UNION SELECT lid FROM person WHERE old_id = :old_id
ORDER BY lid
