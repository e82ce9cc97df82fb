#include "commands/forms_text.hpp"

#include "core/text/plain.hpp"

#include <vector>

namespace crier::commands {

std::string poll_text(const Poll& poll) {
    std::string text;
    for (const std::string& option : poll.options)
        text += (poll.multiple ? "☐ " : "○ ") + option + '\n';
    return text + "  open for " + to_text(poll.open) +
           (poll.hide_totals ? ", votes are shown when it is over\n" : "\n");
}

std::string forms_text(const PostContent& content) {
    std::vector<std::string> forms;
    if (!content.in_reply_to.empty())
        forms.push_back("replies to " + content.in_reply_to);
    if (!content.quote.empty())
        forms.push_back("quotes " + content.quote);
    if (content.quote_policy != QuotePolicy::unsaid)
        forms.push_back("may be quoted by " + std::string{to_text(content.quote_policy)});
    if (!content.content_type.empty())
        forms.push_back("written in " + content.content_type);
    if (content.local_only)
        forms.emplace_back("stays on its server");
    if (content.pin)
        forms.emplace_back("is pinned");
    std::string text;
    for (const std::string& form : forms)
        text += (text.empty() ? "↪ " : ", ") + form;
    return text;
}

} // namespace crier::commands
