#include "core/schedule/rule_text.hpp"

#include "core/schedule/words/phrases.hpp"

namespace crier::schedule {
namespace {

struct TextOf {
    std::string operator()(const Cron& cron) const { return "cron " + cron.text; }
    std::string operator()(const Every& every) const {
        return "every " + crier::to_text(every.period) + "+" + crier::to_text(every.offset);
    }
    std::string operator()(const At&) const { return "at"; }
    std::string operator()(const Recurrence& recurrence) const {
        return "rrule " + recurrence.text() + " from " +
               crier::to_rfc3339(Instant{recurrence.start().time_since_epoch()});
    }
    std::string operator()(const Spread& spread) const {
        return "spread " + std::to_string(spread.posts) + " " + clock_words(spread.from) + "-" +
               clock_words(spread.to) + (spread.random ? " random" : "");
    }
};

} // namespace

std::string to_text(const Calendar& calendar) {
    std::string text;
    for (const Rule& rule : calendar.rules)
        text += (text.empty() ? "" : " ") + std::visit(TextOf{}, rule);
    if (calendar.start)
        text += " from " + to_rfc3339(*calendar.start);
    if (calendar.until)
        text += " until " + to_rfc3339(*calendar.until);
    if (!calendar.weekdays.all())
        text += " weekdays " + calendar.weekdays.to_string();
    if (!calendar.only.empty())
        text += " only " + calendar.only.text();
    if (!calendar.except.empty())
        text += " except " + calendar.except.text();
    return text;
}

} // namespace crier::schedule
