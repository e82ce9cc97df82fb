#include "admin/upload_room.hpp"

#include "admin/answers.hpp"
#include "engine/uploads.hpp"

#include <memory>

namespace crier::admin {

BodyRule upload_room() {
    constexpr int most_at_once = 2;
    return [at_once = std::make_shared<int>(0)](const LocalRequest& head) {
        BodyRoom room;
        if (head.method != "POST" || head.path != "/v1/media")
            return room;
        if (*at_once >= most_at_once) {
            room.refused = refuse(Failure{Cause::temporary, "other files are on their way",
                                          "send it again when one of them has come"});
            return room;
        }
        ++*at_once;
        room.bytes = engine::most_upload;
        room.hold = std::shared_ptr<void>{nullptr, [at_once](void*) { --*at_once; }};
        return room;
    };
}

} // namespace crier::admin
