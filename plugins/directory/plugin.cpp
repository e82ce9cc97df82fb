#include "directory/plugin.hpp"

#include "directory/front_matter.hpp"
#include "directory/media_file.hpp"
#include "directory/neighbours.hpp"
#include "directory/sidecars.hpp"
#include "directory/text_file.hpp"
#include "kit/encoding.hpp"
#include "kit/file_name.hpp"
#include "kit/moment.hpp"
#include "kit/text.hpp"
#include "sdk/crier_plugin.hpp"

#include <iterator>
#include <string>
#include <vector>

namespace crier::directory {
namespace {

constexpr crier_option options[] = {
    {"sidecar", "which file beside a picture has the words of which field: {alt: '{stem}.txt'}"},
};

class Directory {
public:
    explicit Directory(const sdk::Settings& settings)
        : sidecars_(settings) {}

    void parse(const sdk::Input& input, sdk::Sink& sink) const {
        const File file{input};
        if (is_markdown(file.name) || is_text(file.name))
            read_text(file, sink);
        else if (is_media(file))
            read_media(file, sink);
        else
            throw sdk::Error(
                "'" + std::string{kit::cut(file.name)} +
                "' cannot be posted: texts end in .md or .txt, pictures, videos and sounds as their kind "
                "does; `match` keeps other files out");
    }

private:
    static bool is_media(const File& file) { return !kit::media_type_of(file.name).empty(); }

    void read_text(const File& file, sdk::Sink& sink) const {
        const kit::FileText decoded{file.input.bytes};
        if (file.input.bytes.empty() && !file.input.header("size").empty() &&
            file.input.header("size") != "0")
            throw sdk::Error(
                "there is no text in it that could be read: save it as UTF-8, and no longer than a "
                "megabyte");
        if (kit::trimmed(decoded.text()).empty())
            throw sdk::Error("the file is empty: write into it what is to be posted");
        if (decoded.guessed())
            sink.warning(
                "the text is not UTF-8 and was read as windows-1252: save it as UTF-8 if signs look wrong");
        const Headed text = headed(decoded.text());
        for (const std::string& warning : text.warnings)
            sink.warning(warning);
        if (text.draft)
            sink.warning("it is a draft: it is not posted as long as its head says so");
        else if (shows_media(file.name, text) || !sidecars_.is_one(file))
            hand_on(file, fields_of_text(file.name, text), std::nullopt, sink);
    }

    void read_media(const File& file, sdk::Sink& sink) const {
        std::vector<kit::Written> fields{medium_of(file)};
        if (sidecars_.read(file, fields, sink))
            hand_on(file, fields, kit::parse_moment(file.input.header("modified")), sink);
    }

    /// A file is posted as it is meant, or not at all: what is wrong in it can be mended, a post can not.
    static void hand_on(const File& file, const std::vector<kit::Written>& fields,
                        std::optional<std::int64_t> modified, sdk::Sink& sink) {
        check_names(fields);
        kit::ReadItem read = kit::read_written(fields, kit::Files::beside);
        if (!read.spoiled.empty())
            throw sdk::Error(read.spoiled);
        if (!read.troubles.empty())
            throw sdk::Error(read.troubles.front());
        const bool silent = read.item.content.empty() && read.item.summary.empty();
        if (read.item.title.empty() && (silent || is_media(file)) && !read.item.media.empty())
            read.item.title = title_of(file.stem);
        if (read.says_nothing())
            throw sdk::Error("there is nothing in it to post: no text, no link, no picture");
        if (!read.item.published)
            read.item.published = modified;
        sink.item(read.item);
    }

    Sidecars sidecars_;
};

constexpr crier_plugin directory_table = sdk::make_table<Directory>(
    "directory", "the files of a folder: texts, and pictures with words beside them",
    CRIER_PLUGIN_FOLDER | CRIER_PLUGIN_OWN | CRIER_PLUGIN_EDITS, options, std::size(options));

} // namespace

const crier_plugin& table() noexcept {
    return directory_table;
}

} // namespace crier::directory
