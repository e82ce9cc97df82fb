#include "commands/commands.hpp"
#include "commands/export_lines.hpp"
#include "commands/new_file.hpp"
#include "commands/store_to_copy.hpp"
#include "core/store_address.hpp"
#include "core/text/plain.hpp"
#include "store/postgres.hpp"
#include "sys/printable.hpp"

#include <boost/json/serialize.hpp>

#include <map>
#include <optional>
#include <ostream>
#include <sys/stat.h>
#include <utility>

namespace crier::commands {

namespace json = boost::json;

namespace {

/// Where the lines go: standard output, or a file that gets its name when all of them are on the disk.
class ExportTo {
public:
    explicit ExportTo(std::ostream& out)
        : out_(out) {}

    [[nodiscard]] Result<> open(const std::string& path, bool force) {
        struct stat there {};
        over_ = force ? NewFile::Over::existing : NewFile::Over::nothing;
        if (!force && ::lstat(path.c_str(), &there) == 0) // before a million posts are read
            return Failure{Cause::conflict, path + " is there already",
                           "name another file, or --force writes it anew"};
        Result<NewFile> file = NewFile::begin(path, NewFile::Readers::owner);
        if (!file)
            return file.error();
        file_.emplace(std::move(*file));
        return {};
    }

    [[nodiscard]] Result<> line(const json::object& object) {
        const std::string text = sys::printable_json(json::serialize(object)) + '\n';
        if (file_)
            return file_->append(text);
        return (out_ << text) ? Result<>{} : output_refuses();
    }

    [[nodiscard]] Result<> finish() {
        if (file_)
            return file_->place(over_);
        return out_.flush() ? Result<>{} : output_refuses();
    }

private:
    static Failure output_refuses() {
        return Failure{Cause::temporary, "standard output does not take what was to be printed",
                       "a full disk, a closed pipe?"};
    }

    std::ostream& out_;
    std::optional<NewFile> file_; ///< none: standard output
    NewFile::Over over_ = NewFile::Over::nothing;
};

class ExportReader final : public store::RowReader {
public:
    ExportReader(ExportTo& to, json::object header)
        : to_(to)
        , header_(std::move(header)) {}

    /// The first that it is told: what cannot be opened leaves nothing where an older copy may stand.
    Result<> states(const States& states) override {
        Result<> done = to_.line(header_);
        done = all(states.origins, std::move(done));
        done = all(states.accounts, std::move(done));
        done = all(states.sources, std::move(done));
        done = all(states.source_accounts, std::move(done));
        done = all(states.entries, std::move(done));
        return all(states.drawn, std::move(done));
    }
    Result<> row(const SeenItem& item) override { return put(item); }
    Result<> row(const Story& story) override { return put(story); }
    Result<> row(const Tombstone& tombstone) override { return put(tombstone); }
    Result<> row(const store::WholePost& post) override { return put(post); }

    /// How many lines of each kind.
    [[nodiscard]] const std::map<std::string, std::int64_t>& counts() const noexcept { return counts_; }

private:
    template <class Row>
    Result<> put(const Row& row) {
        const json::object line = export_line(row);
        ++counts_[std::string{line.at("kind").as_string()}];
        return to_.line(line);
    }
    template <class Row>
    Result<> all(const std::vector<Row>& rows, Result<> before) {
        for (std::size_t i = 0; before && i < rows.size(); ++i)
            before = put(rows[i]);
        return before;
    }

    ExportTo& to_;
    json::object header_;
    std::map<std::string, std::int64_t> counts_;
};

json::object export_header(const std::string& what, Instant made) {
    json::object header;
    header["crier"] = json::string{export_begins.data(), export_begins.size()};
    header["version"] = export_version;
    header["made"] = to_rfc3339(made);
    header["what"] = what;
    header["by"] = "crier " CRIER_VERSION;
    return header;
}

json::object export_trailer(const std::map<std::string, std::int64_t>& counts) {
    json::object kinds;
    std::int64_t lines = 0;
    for (const auto& [kind, count] : counts) {
        kinds[kind] = count;
        lines += count;
    }
    json::object trailer;
    trailer["crier"] = json::string{export_ends.data(), export_ends.size()};
    trailer["lines"] = lines;
    trailer["counts"] = std::move(kinds);
    return trailer;
}

std::int64_t count_of(const std::map<std::string, std::int64_t>& counts, const char* kind) {
    const auto found = counts.find(kind);
    return found == counts.end() ? 0 : found->second;
}

store::PostgresOptions options_of(const std::string& url) {
    store::PostgresOptions options;
    options.target.url = url;
    return options;
}

} // namespace

int export_store(const Invocation& call, const ExportOptions& options) {
    const Result<std::string> from = store_to_copy(call);
    if (!from)
        return fail(call, from.error());
    store::ReadWhat what;
    what.seen = options.what != "outbox";
    what.outbox = options.what != "seen";
    ExportTo to{call.out};
    if (options.out != "-")
        if (const Result<> opened = to.open(options.out, options.force); !opened)
            return fail(call, opened.error());
    if (call.terminal && options.out != "-")
        call.err << "reading all of " << (is_postgres_address(*from) ? store::name_of_postgres(*from) : *from)
                 << " ...\n";
    // Before the first row is read: what happens from here on may be missing.
    ExportReader reader{to, export_header(options.what, wall_now())};
    Result<> done = is_postgres_address(*from) ? store::read_postgres(options_of(*from), what, reader)
                                               : store::read_sqlite(*from, what, reader);
    if (done)
        done = to.line(export_trailer(reader.counts()));
    if (done)
        done = to.finish();
    if (!done)
        return fail(call, done.error());
    if (options.out != "-")
        call.out << options.out << ": "
                 << text::counted(static_cast<std::size_t>(count_of(reader.counts(), "seen")), "item seen",
                                  "items seen")
                 << ", "
                 << text::counted(static_cast<std::size_t>(count_of(reader.counts(), "post")), "post",
                                  "posts")
                 << '\n';
    return exit_ok;
}

} // namespace crier::commands
