#include "engine/planned.hpp"

#include "core/text/date_format.hpp"

namespace crier::engine {

std::string local_text(Instant when, const schedule::Zone& zone) {
    return text::format_date({when, zone}, "%F %T %Z", "en");
}

std::string note_of(const Planned& planned) {
    const Composed& post = planned.post;
    if (!planned.left_out.empty())
        return planned.left_out;
    const std::string& trouble = post.hold.empty() ? post.drop : post.hold;
    std::string note = trouble.empty() ? post.note : "held: " + trouble;
    if (!planned.restraint.empty())
        note = planned.restraint + (note.empty() ? "" : "; ") + note;
    if (planned.leaves && *planned.leaves > planned.due)
        note += (note.empty() ? "" : "; ") +
                ("leaves at " + local_text(*planned.leaves, planned.zone) + ", for the account's limits");
    return note;
}

} // namespace crier::engine
