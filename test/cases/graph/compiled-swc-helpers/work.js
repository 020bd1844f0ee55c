"use strict";
Object.defineProperty(exports, "__esModule", {
    value: true
});
Object.defineProperty(exports, "Work", {
    enumerable: true,
    get: function() {
        return Work;
    }
});
const _ts_decorate = require("@swc/helpers/_/_ts_decorate");
const _ts_metadata = require("@swc/helpers/_/_ts_metadata");
const _typeorm = require("typeorm");
const _writer = require("./writer");
class Work {
    id;
    writer;
}
_ts_decorate._([
    (0, _typeorm.PrimaryGeneratedColumn)('uuid'),
    _ts_metadata._("design:type", String)
], Work.prototype, "id", void 0);
_ts_decorate._([
    (0, _typeorm.ManyToOne)(()=>_writer.Writer, (writer)=>writer.works),
    (0, _typeorm.JoinColumn)({
        name: 'writer_ref'
    }),
    _ts_metadata._("design:type", typeof Relation === "undefined" ? Object : Relation)
], Work.prototype, "writer", void 0);
Work = _ts_decorate._([
    (0, _typeorm.Entity)()
], Work);
