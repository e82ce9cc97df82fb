#include "engine/shown.hpp"

#include "core/digest.hpp"

#include <string>

namespace crier::engine {

std::int64_t shown_version(const Post& post) {
    const PostContent& content = post.content;
    Digester digester;
    digester.field(content.status).field(content.spoiler_text).field(content.language);
    digester.field(std::int64_t{content.sensitive}).field(static_cast<std::int64_t>(content.visibility));
    for (const Media& media : content.media)
        digester.field(media.file).field(media.url).field(media.alt);
    if (content.poll)
        for (const std::string& option : content.poll->options)
            digester.field(option);
    digester.field(content.quote).field(static_cast<std::int64_t>(content.quote_policy));
    digester.field(post.due.time_since_epoch().count());
    digester.field(std::int64_t{is_final(post.state)}); // an edit of what is out is another thing
    std::int64_t version = 0;
    const Digest digest = digester.finish();
    for (std::size_t i = 0; i < 6; ++i)
        version = version * 256 + digest.bytes[i];
    return version;
}

Result<> still_shown(const Post& post, std::optional<std::int64_t> version) {
    if (!version || *version == shown_version(post))
        return {};
    const std::string id = std::to_string(post.id);
    return Failure{Cause::conflict, "post " + id + " has changed since it was shown",
                   "look at it again: crier outbox show " + id};
}

} // namespace crier::engine
