#include "core/rates/needs.hpp"

#include "core/delivery/machine.hpp"

namespace crier::rates {

Needs needs_of(const Post& post, Instant now) {
    Needs needs;
    needs.add(Call::publish);
    if (post.in_doubt)
        return needs; // in doubt nothing is uploaded
    for (const Media& media : post.content.media) {
        if (media.server_id.empty() || now - media.uploaded > delivery::media_life)
            needs.add(Call::upload);
        else if (!media.processed)
            needs.add(Call::media_state);
    }
    return needs;
}

Needs needs_of(int posts, int media) {
    Needs needs;
    needs.add(Call::publish, posts).add(Call::upload, media);
    return needs;
}

} // namespace crier::rates
