"use strict";
Object.defineProperty(exports, "__esModule", {
    value: true
});
Object.defineProperty(exports, "Writer", {
    enumerable: true,
    get: function() {
        return Writer;
    }
});
const _ts_decorate = require("@swc/helpers/_/_ts_decorate");
const _ts_metadata = require("@swc/helpers/_/_ts_metadata");
const _typeorm = require("typeorm");
const _work = require("./work");
class Writer {
    id;
    name;
    works;
}
_ts_decorate._([
    (0, _typeorm.PrimaryGeneratedColumn)(),
    _ts_metadata._("design:type", Number)
], Writer.prototype, "id", void 0);
_ts_decorate._([
    (0, _typeorm.Column)({
        name: 'full_name'
    }),
    _ts_metadata._("design:type", String)
], Writer.prototype, "name", void 0);
_ts_decorate._([
    (0, _typeorm.OneToMany)(()=>_work.Work, (work)=>work.writer),
    _ts_metadata._("design:type", Array)
], Writer.prototype, "works", void 0);
Writer = _ts_decorate._([
    (0, _typeorm.Entity)('writers')
], Writer);
