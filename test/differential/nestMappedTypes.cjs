// Stands in for @nestjs/mapped-types, whose functions make classes that inherit nothing from those they are given.
'use strict';
const made = () => class {};
module.exports = { PartialType: made, OmitType: made, PickType: made, IntersectionType: made };
