"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.Status = void 0;
var Status;
(function (Status) {
    Status["Draft"] = "draft";
    Status["Public"] = "public";
})(Status || (exports.Status = Status = {}));
