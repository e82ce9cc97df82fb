#include "config/fuse.hpp"

namespace crier::config {

std::optional<Fuse> read_fuse(Scope& scope, const GivenNode& given, const Fuse& base, const Path& path) {
    if (!given || !given.value)
        return std::nullopt;
    Fuse fuse = base;
    if (given.value.is(Kind::scalar)) {
        fuse.on = false;
        return fuse;
    }
    fuse.on = true;
    FuseDraft said;
    scope.reader.fill(fuse_section(), &said, given.value, path);
    if (said.posts)
        fuse.posts = said.posts.value;
    if (said.within)
        fuse.within = said.within.value;
    if (said.same_link)
        fuse.same_link = said.same_link.value;
    if (said.same_text)
        fuse.same_text = said.same_text.value;
    return fuse;
}

} // namespace crier::config
