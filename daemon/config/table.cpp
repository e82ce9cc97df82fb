#include "config/table.hpp"

#include "config/words.hpp"
#include "core/text/plain.hpp"

#include <array>

namespace crier::config {

std::span<const Section* const> all_sections() {
    static const std::array<const Section*, 35> sections{&top_section(),
                                                         &defaults_section(),
                                                         &account_section(),
                                                         &token_section(),
                                                         &account_defaults_section(),
                                                         &limits_section(),
                                                         &quiet_section(),
                                                         &delivery_section(),
                                                         &evidence_section(),
                                                         &entry_section(),
                                                         &missed_section(),
                                                         &spread_section(),
                                                         &only_if_section(),
                                                         &draw_section(),
                                                         &run_section(),
                                                         &entry_target_section(),
                                                         &source_section(),
                                                         &poll_section(),
                                                         &first_run_section(),
                                                         &filter_section(),
                                                         &source_target_section(),
                                                         &post_section(),
                                                         &thread_section(),
                                                         &media_section(),
                                                         &question_section(),
                                                         &cw_rule_section(),
                                                         &fuse_section(),
                                                         &alerts_section(),
                                                         &webhook_section(),
                                                         &heartbeat_section(),
                                                         &dedupe_section(),
                                                         &keep_section(),
                                                         &admin_section(),
                                                         &inbound_section(),
                                                         &log_section()};
    return sections;
}

std::string expectation(const Row& row) {
    switch (row.type) {
    case Type::text:
    case Type::template_:
        return "a text";
    case Type::boolean:
        return "true or false";
    case Type::number:
        return "a number";
    case Type::duration:
        return "a duration such as 90s";
    case Type::time_of_day:
        return "a time of day in quotes such as \"23:00\"";
    case Type::zone:
        return "a time zone such as Europe/Berlin";
    case Type::choice:
        return text::enumerate(std::vector<std::string_view>{row.choices.begin(), row.choices.end()}, "or");
    case Type::path:
        return "a path";
    case Type::address:
        return "an address such as https://example.org";
    case Type::name:
        return "a name";
    case Type::words:
        return "a text or a list of texts";
    case Type::moments:
        return "a moment such as 2026-12-01 09:00, or a list of them";
    case Type::publish:
        return "a number, or all";
    case Type::interval:
        return "a duration such as 15m, or {min: 5m, max: 6h}";
    case Type::section:
        return "a mapping";
    case Type::switchable:
        return "a mapping, or off";
    case Type::section_map:
        return "a mapping of names";
    case Type::section_list:
        return "a list";
    case Type::point:
        return "two numbers from -1 to 1, such as [0.5, -0.25]";
    case Type::targets:
        return "a list of accounts, or a mapping of them";
    case Type::conditions:
        return "a mapping of fields to conditions";
    case Type::settings:
        return "a mapping";
    }
    return {};
}

} // namespace crier::config
