#include "commands/check_server.hpp"

#include "core/text/plain.hpp"

namespace crier::commands {

namespace {

/// Beyond this a number says that there is no limit (GoToSocial).
constexpr std::uint64_t most_pixels = 1'000'000'000;

std::string mebibytes(std::uint64_t bytes) {
    return std::to_string(bytes >> 20U) + " MiB";
}

std::string megapixels(std::uint64_t pixels) {
    return std::to_string((pixels + 500'000) / 1'000'000) + " megapixels";
}

std::string what_it_is(const ServerProfile& server) {
    if (server.version.find(server.software) != std::string::npos)
        return server.software + " (" + server.version + ")";
    return server.software + (server.version.empty() ? "" : " " + server.version);
}

std::string polls_text(const PollLimits& polls) {
    return "polls (2 to " + std::to_string(polls.options) + " answers of " +
           std::to_string(polls.characters) + " characters, " + to_text(polls.shortest) + " to " +
           to_text(polls.longest) + (polls.with_media ? ", also with media)" : ")");
}

} // namespace

std::vector<std::string> server_lines(const std::string& address, const ServerProfile& server) {
    std::vector<std::string> lines;
    lines.push_back(
        address + " is " + what_it_is(server) + ", takes " +
        text::counted(server.max_characters, "character", "characters") +
        (server.per_url > 0 ? " (a link is " + std::to_string(server.per_url) + ")" : " (links in full)") +
        ", " + std::to_string(server.max_media) + " media, alt texts of " +
        std::to_string(server.description_limit));
    const bool says_pixels = server.image_pixels > 0 && server.image_pixels < most_pixels;
    lines.push_back("pictures up to " + mebibytes(server.image_size_limit) +
                    (says_pixels ? " and " + megapixels(server.image_pixels) : "") +
                    ", films and sounds up to " + mebibytes(server.video_size_limit));
    std::vector<std::string> has;
    if (server.polls.options > 0)
        has.push_back(polls_text(server.polls));
    if (server.quotes)
        has.emplace_back("quotes");
    if (server.edits)
        has.emplace_back("edits");
    if (server.local_only)
        has.emplace_back("posts that stay there");
    has.insert(has.end(), server.content_types.begin(), server.content_types.end());
    if (!has.empty())
        lines.push_back("it has " + text::enumerate(has));
    if (server.needs_media)
        lines.emplace_back("it takes no post without a picture or a film");
    if (!server.idempotent)
        lines.emplace_back(
            "it does not keep a repeat from being posted twice (no Idempotency-Key): after a lost "
            "reply crier looks for the post, and holds it where that does not tell");
    return lines;
}

} // namespace crier::commands
