#include "calendar/document.hpp"

#include "kit/ascii.hpp"
#include "kit/text.hpp"

#include <algorithm>
#include <utility>

namespace crier::calendar {
namespace {

constexpr std::size_t most_depth = 16;
constexpr std::size_t most_zones = 1000;
/// An event takes far more memory than "BEGIN:VEVENT" takes of the file.
constexpr std::size_t most_events = 200'000;

class DocumentReader {
public:
    explicit DocumentReader(Warnings& warnings)
        : warnings_(warnings) {}

    void take(const Line& line) {
        if (line.name.empty())
            strange(line);
        else if (kit::same_but_case(line.name, "BEGIN"))
            begin(kit::capitals(kit::trimmed(line.value)), line.number);
        else if (kit::same_but_case(line.name, "END"))
            end(kit::capitals(kit::trimmed(line.value)), line.number);
        else if (deeper_ == 0 && !open_.empty())
            property(line);
    }

    Document finish(std::size_t lines) {
        if (!open_.empty())
            warnings_.say(lines, "the calendar breaks off in a " + shown(open_.back()));
        return std::move(document_);
    }

private:
    [[nodiscard]] bool within(std::string_view name) const {
        return deeper_ == 0 && !open_.empty() && open_.back() == name;
    }
    /// In what may hold an event or a zone.
    [[nodiscard]] bool at_top() const { return open_.empty() || (open_.size() == 1 && within("VCALENDAR")); }

    void strange(const Line& line) {
        if (document_.is_calendar) // before it there may be anything
            warnings_.say(line.number,
                          "\"" + shown(line.value) + "\" is no line NAME:VALUE; it was left out");
    }

    void begin(std::string name, std::size_t line) {
        // Whoever forgets an end: nothing that matters stands in an event, but for what is passed over.
        if (name == "VEVENT" || name == "VCALENDAR" || name == "VTIMEZONE")
            close_until(name == "VCALENDAR" ? 0 : 1, line);
        if (deeper_ > 0 || open_.size() == most_depth) {
            ++deeper_;
            return;
        }
        if (at_top() && name == "VEVENT") {
            event_ = Event{};
            event_.line = line;
            document_.is_calendar = true;
        } else if (at_top() && name == "VTIMEZONE") {
            zone_ = ZoneText{};
        } else if (name == "VCALENDAR") {
            document_.is_calendar = true;
            first_event_ = document_.events.size();
            cancelled_ = false;
        } else if (within("VTIMEZONE") && (name == "STANDARD" || name == "DAYLIGHT")) {
            zone_.observances.emplace_back();
        }
        open_.push_back(std::move(name));
    }

    /// What is open in a calendar is closed without being taken.
    void close_until(std::size_t depth, std::size_t line) {
        if (!open_.empty() && open_.front() != "VCALENDAR")
            depth = 0;
        if (open_.size() <= depth)
            return;
        warnings_.say(line, "a " + shown(open_[depth]) + " without its END was passed over");
        open_.resize(depth);
        deeper_ = 0;
    }

    void end(const std::string& name, std::size_t line) {
        if (deeper_ > 0) {
            --deeper_;
            return;
        }
        const auto found = std::find(open_.rbegin(), open_.rend(), name);
        if (found == open_.rend()) {
            warnings_.say(line, "END:" + shown(name) + " without its BEGIN was left out");
            return;
        }
        if (found != open_.rbegin()) { // what is in it has no end
            warnings_.say(line, "END:" + shown(name) + " ends a " + shown(open_.back()) + " too");
            open_.resize(static_cast<std::size_t>(open_.rend() - found));
        }
        open_.pop_back();
        if (name == "VEVENT" && at_top())
            add_event(line);
        else if (name == "VTIMEZONE" && at_top() && document_.zones.size() < most_zones)
            document_.zones.push_back(std::move(zone_));
        else if (name == "VCALENDAR" && cancelled_)
            for (std::size_t i = first_event_; i < document_.events.size(); ++i)
                document_.events[i].cancelled = true;
    }

    void add_event(std::size_t line) {
        if (document_.events.size() < most_events)
            document_.events.push_back(std::move(event_));
        else if (!std::exchange(too_many_, true))
            warnings_.say(line, "there are more than " + std::to_string(most_events) +
                                    " events; the rest was left out");
    }

    void property(const Line& line) {
        if (open_.back() == "VCALENDAR")
            of_calendar(line);
        else if (open_.back() == "VEVENT" && owner_is_top())
            take_property(line, event_, warnings_);
        else if (open_.back() == "VTIMEZONE" && owner_is_top())
            of_zone(line);
        else if (open_.size() > 1 && open_[open_.size() - 2] == "VTIMEZONE" && !zone_.observances.empty())
            of_observance(line, zone_.observances.back());
    }

    /// Whether the open component stands where an event or a zone may.
    [[nodiscard]] bool owner_is_top() const {
        return open_.size() == 1 || (open_.size() == 2 && open_.front() == "VCALENDAR");
    }

    void of_calendar(const Line& line) {
        if (kit::same_but_case(line.name, "METHOD"))
            cancelled_ = kit::same_but_case(kit::trimmed(line.value), "CANCEL");
        else if (kit::same_but_case(line.name, "X-WR-TIMEZONE") && document_.zone_name.empty())
            document_.zone_name = kit::trimmed(unescaped(line.value));
    }

    void of_zone(const Line& line) {
        if (kit::same_but_case(line.name, "TZID"))
            zone_.id = kit::trimmed(line.value);
        else if (kit::same_but_case(line.name, "X-LIC-LOCATION"))
            zone_.location = kit::trimmed(line.value);
    }

    void of_observance(const Line& line, Observance& of) {
        if (kit::same_but_case(line.name, "DTSTART")) {
            of.start = read_when(line.value, {});
        } else if (kit::same_but_case(line.name, "TZOFFSETFROM")) {
            of.from = read_offset(line.value);
        } else if (kit::same_but_case(line.name, "TZOFFSETTO")) {
            of.to = read_offset(line.value);
        } else if (kit::same_but_case(line.name, "RRULE")) {
            std::string trouble;
            if (auto rule = read_rule(line.value, trouble))
                of.rules.push_back(std::move(*rule));
            else
                warnings_.say(line.number, "RRULE: " + trouble + "; the rule was left out");
        } else if (kit::same_but_case(line.name, "RDATE")) {
            for (const std::string_view text : listed(line.value))
                if (auto when = read_when(text.substr(0, text.find('/')), {}))
                    of.extra.push_back(std::move(*when));
        }
    }

    Warnings& warnings_;
    Document document_;
    std::vector<std::string> open_; ///< components, the innermost last
    std::size_t deeper_ = 0;        ///< and so many more
    Event event_;
    ZoneText zone_;
    std::size_t first_event_ = 0; ///< of the open calendar
    bool cancelled_ = false;      ///< METHOD:CANCEL
    bool too_many_ = false;
};

} // namespace

Document read_document(std::string_view bytes, Warnings& warnings) {
    DocumentReader reader{warnings};
    Lines lines{bytes};
    while (const auto line = lines.next())
        reader.take(*line);
    return reader.finish(lines.number());
}

} // namespace crier::calendar
