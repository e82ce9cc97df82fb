#include "commands/calendar_file.hpp"

#include "commands/table.hpp"
#include "core/digest.hpp"
#include "core/text/utf8.hpp"

#include <algorithm>
#include <ostream>

namespace crier::commands {
namespace {

/// "20261124T090000Z"
std::string stamp(Instant when) {
    std::string text = to_rfc3339(std::chrono::floor<std::chrono::seconds>(when));
    text.erase(std::remove_if(text.begin(), text.end(), [](char c) { return c == '-' || c == ':'; }),
               text.end());
    return text;
}

/// RFC 5545 3.3.11.
std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '\\' || c == ';' || c == ',')
            out += '\\';
        if (c == '\n')
            out += "\\n";
        else if (static_cast<unsigned char>(c) >= 0x20)
            out += c;
    }
    return out;
}

} // namespace

CalendarFile::CalendarFile(std::ostream& out, Instant now)
    : out_(out)
    , now_(stamp(now)) {
    line("BEGIN", "VCALENDAR");
    line("VERSION", "2.0");
    line("PRODID", "-//crier//preview//EN");
    line("CALSCALE", "GREGORIAN"); // and no METHOD: with one, each event would need an ORGANIZER (RFC 5546)
    text("X-WR-CALNAME", "crier");
}

/// At most 75 bytes a line, cut between characters; what follows begins with a blank (RFC 5545 3.1).
void CalendarFile::line(std::string_view name, std::string_view value) {
    constexpr std::size_t longest = 75;
    const std::string whole = std::string{name} + ":" + std::string{value};
    std::string_view rest = whole;
    for (std::size_t room = longest; rest.size() > room; room = longest - 1) {
        const std::string_view part = text::first_bytes(rest, room);
        out_ << part << "\r\n ";
        rest.remove_prefix(part.size());
    }
    out_ << rest << "\r\n";
}

void CalendarFile::text(std::string_view name, std::string_view value) {
    line(name, escaped(value));
}

void CalendarFile::add(const Planned& planned) {
    const PostContent& content = planned.post.content;
    const std::string note = note_of(planned);
    const Digest id = Digester{}
                          .field(planned.account)
                          .field(planned.what)
                          .field(to_rfc3339(planned.nominal))
                          .field(std::int64_t{planned.part})
                          .finish();
    std::string words = content.status;
    if (!content.spoiler_text.empty())
        words = "[" + content.spoiler_text + "]\n" + words;
    if (!note.empty())
        words += "\n\n(" + note + ")";
    line("BEGIN", "VEVENT");
    line("UID", id.hex().substr(0, 32) + "@crier");
    line("DTSTAMP", now_);
    line("DTSTART", stamp(planned.leaves.value_or(planned.due)));
    line("DURATION", "PT10M");
    text("SUMMARY",
         planned.account + ": " + one_line(content.status.empty() ? planned.what : content.status, 60));
    text("DESCRIPTION", words);
    text("CATEGORIES", planned.what);
    line("STATUS", planned.leaves ? "CONFIRMED" : "CANCELLED");
    line("TRANSP", "TRANSPARENT");
    line("END", "VEVENT");
}

void CalendarFile::end() {
    line("END", "VCALENDAR");
    out_.flush();
}

} // namespace crier::commands
