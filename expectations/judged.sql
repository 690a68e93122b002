-- In: the tables cells, reports, facts, terms, told, counts and the variables slack, parts, count (see gate.py).
-- Columns of CODED have types of their own, <column>_code.
-- Out: judged (report_id, section, identity, instance, residual), coverage (identity, section, complete, assessed), and
-- the keys that stand twice: cells_twice, facts_twice (tables, because Great Expectations asks each query twice).
-- Nothing here knows how transforms/ computes the same sums: that is what makes their agreement worth something.

CREATE VIEW stated AS
SELECT report_id, section, form, origin, metric, applicant, item, locator, whole,
       CASE WHEN state <> 'approximate' AND bound = '' THEN value END AS exact
FROM cells;

-- A number that a report states several times counts as known when every statement is exact and all say the same.
CREATE MACRO agreed(v) AS CASE WHEN count(v) = count(*) AND min(v) = max(v) THEN min(v) END;

-- Of two years in a row, for the same agency and scope; a year may have several reports.
CREATE TABLE years AS
SELECT now.report_id, earlier.report_id AS before
FROM reports AS now JOIN reports AS earlier
  ON now.agency_id = earlier.agency_id AND now.scope = earlier.scope AND now.fiscal_year = earlier.fiscal_year + 1
WHERE now.agency_id <> '';

CREATE TABLE operands AS
SELECT report_id, form, origin, metric, applicant, 0 AS year, agreed(exact) AS value
FROM stated WHERE item = '' GROUP BY ALL
UNION ALL
SELECT years.report_id, CAST('' AS form_code), origin, metric, applicant, -1, agreed(exact)
FROM stated JOIN years ON stated.report_id = years.before
WHERE item = '' AND origin = 'table' GROUP BY ALL;

CREATE TABLE instances AS
SELECT row_number() OVER () AS instance_id, *
FROM (SELECT form, section, identity, instance, any_value(tolerance) AS tolerance, any_value(when_left) AS when_left,
             any_value(relation) AS relation, any_value(factor) AS factor, any_value(base) AS base,
             any_value(within) AS within, any_value(since) AS since, any_value(until) AS until,
             count(DISTINCT reading) FILTER (side = 'right') AS readings,
             bool_and(origin = 'table' AND year = 0) AND bool_and(base = 0 AND since IS NULL AND until IS NULL) AS of_table
      FROM terms GROUP BY form, section, identity, instance);

CREATE TABLE weights AS
SELECT instance_id, side, reading, origin, metric, applicant, year, weight,
       CAST(CASE WHEN origin = 'prose' OR year <> 0 THEN '' ELSE form END AS form_code) AS form,
       optional, count_if(NOT optional) OVER (PARTITION BY instance_id, side, reading) AS operands
FROM terms JOIN instances USING (form, section, identity, instance);

-- How far two sides are from what the relation asks for; 0 when it holds.
CREATE MACRO is_times(one, other, factor, within) AS one > 0 AND abs(one - factor * other) <= within * factor * other;
CREATE MACRO residue(relation, l, r, factor, within) AS CASE relation
    WHEN '=' THEN l - r
    WHEN '<=' THEN CASE WHEN l <= r THEN 0 ELSE l - r END
    WHEN '~' THEN CASE WHEN l > factor * r THEN l - factor * r WHEN r > factor * l THEN r - factor * l ELSE 0 * (l + r) END
    ELSE CASE WHEN is_times(l, r, factor, within) OR is_times(r, l, factor, within) THEN 1 ELSE 0 * (l + r) END
END;

CREATE TABLE judged AS
WITH sums AS (
    SELECT report_id, instance_id, side, reading,
           -- An optional operand that is not printed is left out; one that is printed must be known.
           CASE WHEN count(value) = count(*) AND count_if(NOT optional) = any_value(operands)
                THEN sum(weight * value) END AS total
    FROM weights JOIN operands USING (form, origin, metric, applicant, year)
    GROUP BY ALL
),
differences AS (
    SELECT lefts.report_id, instances.*, residue(relation, lefts.total, rights.total, factor, within) AS difference
    FROM sums AS lefts JOIN sums AS rights USING (report_id, instance_id) JOIN instances USING (instance_id)
    JOIN reports ON reports.report_id = lefts.report_id
    WHERE lefts.side = 'left' AND rights.side = 'right' AND coalesce(lefts.total = when_left, when_left IS NULL)
      AND (base = 0 OR rights.total >= base)
      AND coalesce(fiscal_year >= since, since IS NULL) AND coalesce(fiscal_year <= until, until IS NULL)
),
nearest AS (
    SELECT report_id, section, identity, instance, tolerance, readings,
           count(difference) AS assessed, arg_min(difference, abs(difference)) AS difference
    FROM differences GROUP BY ALL
),
wholes AS (
    SELECT report_id, locator AS whole, min(section) AS section, agreed(exact) AS value
    FROM stated WHERE origin = 'prose' GROUP BY ALL
),
parts AS (
    SELECT report_id, whole, locator, agreed(exact) AS value FROM stated WHERE whole <> '' GROUP BY ALL
),
lists AS (
    SELECT report_id, whole, CASE WHEN count(value) = count(*) THEN sum(value) END AS value FROM parts GROUP BY ALL
)
SELECT report_id, section, identity, instance,
       CASE WHEN assessed = readings OR abs(difference) <= tolerance + getvariable('slack') THEN difference END AS residual
FROM nearest
UNION ALL
SELECT report_id, section, CAST(getvariable('parts') AS identity_code), whole, lists.value - wholes.value
FROM lists JOIN wholes USING (report_id, whole)
UNION ALL
SELECT report_id, section, identity, instance, CASE outcome WHEN 'fail' THEN 1 WHEN 'pass' THEN 0 END FROM told
UNION ALL
SELECT DISTINCT report_id, section, CAST(getvariable('count') AS identity_code),
       concat_ws('/', metric, nullif(applicant, ''), nullif(item, '')), 1
FROM cells JOIN counts USING (metric)
WHERE value < 0 OR value <> floor(value);

CREATE TABLE coverage AS
WITH complete AS (
    SELECT report_id, form, section FROM stated
    WHERE origin = 'table' GROUP BY ALL HAVING count(exact) = count(*)
),
assessments AS (
    SELECT report_id, identity, section, bool_and(residual IS NOT NULL) AS assessed
    FROM complete JOIN instances USING (form, section) LEFT JOIN judged USING (report_id, section, identity, instance)
    WHERE of_table
    GROUP BY ALL
)
SELECT identity, section, count(*) AS complete, count_if(assessed) AS assessed FROM assessments GROUP BY ALL;

CREATE TABLE cells_twice AS
SELECT report_id, section, metric, applicant, item, origin, locator, count(*) AS rows
FROM cells GROUP BY ALL HAVING count(*) > 1;

CREATE TABLE facts_twice AS
SELECT report_id, metric, applicant, origin, item, count(*) AS rows FROM facts GROUP BY ALL HAVING count(*) > 1;
