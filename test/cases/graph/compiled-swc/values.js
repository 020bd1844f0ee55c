"use strict";
Object.defineProperty(exports, "__esModule", {
    value: true
});
Object.defineProperty(exports, "Status", {
    enumerable: true,
    get: function() {
        return Status;
    }
});
var Status = /*#__PURE__*/ function(Status) {
    Status["Draft"] = "draft";
    Status["Public"] = "public";
    return Status;
}({});
