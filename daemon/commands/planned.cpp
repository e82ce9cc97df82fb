#include "commands/planned.hpp"

#include <boost/json/array.hpp>

#include <ostream>
#include <utility>

namespace crier::commands {

namespace json = boost::json;

void print_planned(const Invocation& call, const Planned& planned) {
    const PostContent& content = planned.post.content;
    const std::string trouble = planned.post.hold.empty() ? planned.post.drop : planned.post.hold;
    if (call.json) {
        json::object object;
        object["due"] = to_rfc3339(planned.due);
        object["entry"] = planned.what;
        object["account"] = planned.account;
        if (planned.parts > 1) {
            object["part"] = planned.part;
            object["parts"] = planned.parts;
        }
        object["text"] = content.status;
        object["spoiler_text"] = content.spoiler_text;
        object["visibility"] = std::string{to_text(content.visibility)};
        object["language"] = content.language;
        object["length"] = planned.post.length;
        object["limit"] = planned.post.limit;
        json::array media;
        for (const Media& one : content.media) {
            json::object entry;
            entry["file"] = one.file.empty() ? one.url : one.file;
            entry["alt"] = one.alt;
            media.push_back(std::move(entry));
        }
        object["media"] = std::move(media);
        object["note"] = trouble.empty() ? planned.post.note : "held: " + trouble;
        print(call, object);
        return;
    }
    const schedule::LocalTime local = planned.zone.to_local(planned.due);
    std::string when = to_rfc3339(Instant{local.time_since_epoch()});
    when[10] = ' ';
    when.replace(when.size() - 1, 1, " " + planned.zone.abbreviation(planned.due));
    call.out << "── " << when << "  " << planned.what << " → " << planned.account << "  ("
             << (planned.parts > 1
                     ? "part " + std::to_string(planned.part) + " of " + std::to_string(planned.parts) + ", "
                     : std::string{})
             << planned.post.length << " of " << planned.post.limit << ", " << to_text(content.visibility)
             << (content.language.empty() ? "" : ", " + content.language) << ")\n";
    if (!content.spoiler_text.empty())
        call.out << "[" << content.spoiler_text << "]\n";
    call.out << content.status << '\n';
    for (const Media& one : content.media)
        call.out << "📎 " << (one.file.empty() ? one.url : one.file) << " — "
                 << (one.alt.empty() ? "NO ALT TEXT" : one.alt) << '\n';
    if (!trouble.empty())
        call.out << "would be held: " << trouble << '\n';
    else if (!planned.post.note.empty())
        call.out << "note: " << planned.post.note << '\n';
    call.out << '\n';
}

} // namespace crier::commands
