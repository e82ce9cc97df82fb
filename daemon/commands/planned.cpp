#include "commands/planned.hpp"

#include "admin/forms_json.hpp"
#include "commands/forms_text.hpp"

#include <boost/json/array.hpp>

#include <ostream>
#include <utility>

namespace crier::commands {

namespace json = boost::json;

void print_planned(const Invocation& call, const Planned& planned) {
    const PostContent& content = planned.post.content;
    const std::string note = note_of(planned);
    if (call.json) {
        json::object object;
        object["due"] = to_rfc3339(planned.due);
        object["nominal"] = to_rfc3339(planned.nominal);
        object["leaves"] = planned.leaves ? json::value(to_rfc3339(*planned.leaves)) : json::value();
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
        if (!content.in_reply_to.empty())
            object["in_reply_to"] = content.in_reply_to;
        admin::add_forms(object, content);
        object["length"] = planned.post.length;
        object["limit"] = planned.post.limit;
        json::array media;
        for (const Media& one : content.media) {
            json::object entry;
            entry["file"] = one.file.empty() ? one.url : one.file;
            entry["alt"] = one.alt;
            admin::add_media_forms(entry, one);
            media.push_back(std::move(entry));
        }
        object["media"] = std::move(media);
        object["note"] = note;
        print(call, object);
        return;
    }
    call.out << "── " << local_text(planned.due, planned.zone) << "  " << planned.what << " → "
             << planned.account << "  ("
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
                 << (one.alt.empty() ? "NO ALT TEXT" : one.alt) << media_text(one) << '\n';
    if (content.poll)
        call.out << poll_text(*content.poll);
    if (const std::string forms = forms_text(content); !forms.empty())
        call.out << forms << '\n';
    if (!note.empty())
        call.out << "note: " << note << '\n';
    call.out << '\n';
}

} // namespace crier::commands
