#include "plugin/folder_source.hpp"

#include "plugin/cursor.hpp"
#include "plugin/elsewhere.hpp"
#include "plugin/folder_mover.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <functional>
#include <set>
#include <sys/stat.h>
#include <utility>

namespace crier::plugin {

namespace asio = boost::asio;
namespace json = boost::json;

namespace {

/// Names that come again and again are remembered, so many of them; the others are found out anew.
constexpr std::size_t most_names = 1000;

/// What the clock of a file system and that of the store may differ by.
constexpr Duration clocks_differ = std::chrono::seconds{2};

std::map<std::string, int> read_again(std::string_view text) {
    std::map<std::string, int> again;
    boost::system::error_code error;
    const json::value value = json::parse({text.data(), text.size()}, error);
    if (error || !value.is_object())
        return again;
    for (const auto& [name, count] : value.get_object())
        if (count.is_int64() && count.get_int64() > 0 && count.get_int64() < 1'000'000)
            again.emplace(std::string{name}, static_cast<int>(count.get_int64()));
    return again;
}

std::string write_again(const std::map<std::string, int>& again) {
    if (again.empty())
        return {};
    json::object object;
    for (const auto& [name, count] : again)
        object[name] = count;
    return json::serialize(object);
}

/// Inside the folder, whoever wrote the name.
bool is_inside(const std::string& name) {
    return !name.empty() && name.front() != '/' && name.find('\0') == std::string::npos &&
           ("/" + name + "/").find("/../") == std::string::npos;
}

/// "photo.alt.txt" and "photo.jpg.txt" to "photo.jpg", but not "2026.11.25.md" to "2026.11.24.md".
bool belongs_to(const std::string& neighbour, const std::string& name) {
    const std::string stem = name.substr(0, name.rfind('.'));
    return neighbour.starts_with(stem + ".");
}

std::string folder_of(const std::string& name) {
    return name.substr(0, name.rfind('/') + 1);
}

} // namespace

FolderSource::FolderSource(std::shared_ptr<Reader> reader, SourceFolder folder, WorkerPool& pool,
                           Clock& clock, FolderWatcher* watcher)
    : reader_(std::move(reader))
    , folder_(std::move(folder))
    , pool_(pool)
    , clock_(clock)
    , watcher_(watcher) {}

void FolderSource::watch(std::function<void()> changed) {
    changed_ = std::move(changed);
    if (watcher_ != nullptr)
        watch_ = watcher_->watch(folder_.path, folder_.recursive, changed_);
}

std::string FolderSource::id_of(const std::string& name) const {
    const auto again = again_.find(name);
    return again == again_.end() ? name : name + " (" + std::to_string(again->second + 1) + ")";
}

asio::awaitable<Result<SourceYield>> FolderSource::poll(std::string cursor) {
    const Cursor last = Cursor::read(cursor);
    if (again_.empty() && last.url == folder_.path)
        again_ = read_again(last.own);
    // What is as it was need not be read.
    const bool knows_all = read_before_ && last.url == folder_.path && read_again(last.own) == again_;
    std::function<Result<Listing>()> list = [folder = folder_, now = clock_.now(),
                                             known = knows_all ? last.digest : std::string{}] {
        return list_folder(folder, now, known);
    };
    Result<Listing> listing = co_await elsewhere(pool_, std::move(list));
    if (!listing)
        co_return listing.error();
    SourceYield yield;
    if (listing->restless)
        yield.again = file_rests;
    Cursor next;
    next.url = folder_.path;
    next.digest = listing->fingerprint;
    if (knows_all && last.digest == next.digest) {
        yield.unchanged = true;
        yield.cursor = std::move(cursor);
        co_return yield;
    }
    yield.warnings = std::move(listing->warnings);
    present_.clear();
    for (FoundFile& file : listing->files)
        co_await read(std::move(file), yield);
    let_go_of_items();
    // Newest first, as sources are: posts go out in the order in which the files came.
    std::stable_sort(yield.items.begin(), yield.items.end(), [](const Item& a, const Item& b) {
        return a.published.value_or(Instant{}) > b.published.value_or(Instant{});
    });
    while (again_.size() > most_names)
        again_.erase(again_.begin());
    next.own = write_again(again_);
    if (yield.again)
        next.digest.clear(); // it is not over
    yield.cursor = next.write();
    read_before_ = true;
    co_return yield;
}

asio::awaitable<void> FolderSource::read(FoundFile file, SourceYield& yield) {
    Material material;
    material.bytes = file.text;
    material.base_url = file.path;
    material.now = clock_.now();
    material.headers.emplace_back("name", file.name);
    material.headers.emplace_back("modified", to_rfc3339(file.modified));
    material.headers.emplace_back("size", std::to_string(file.size));
    for (const Neighbour& neighbour : file.beside) {
        material.headers.emplace_back("beside", neighbour.name);
        if (!neighbour.text.empty())
            material.headers.emplace_back("text:" + neighbour.name, neighbour.text);
    }
    Result<Parsed> parsed = co_await reader_->read(Entrance::parse, std::move(material));
    if (!parsed) {
        yield.warnings.push_back(file.name + ": " + parsed.error().message);
        Fate fate;
        fate.id = id_of(file.name);
        fate.words = parsed.error().message;
        fate.at = clock_.now();
        present_.insert_or_assign(fate.id, Present{{file.name}, file.changed});
        yield.rejected.push_back(std::move(fate));
        co_return;
    }
    for (std::string& warning : parsed->warnings)
        yield.warnings.push_back(warning.insert(0, file.name + ": "));
    if (parsed->items.empty())
        co_return;
    if (parsed->items.size() > 1)
        yield.warnings.push_back(file.name + ": a file is one item; the others were passed over");
    Item item = std::move(parsed->items.front());
    if (item.id.empty())
        item.id = id_of(file.name);
    if (!item.published)
        item.published = file.modified;
    Present present;
    present.names.push_back(file.name);
    present.changed = file.changed;
    if (!find_media(file, item, present, yield)) {
        yield.again = file_rests;
        co_return;
    }
    for (const Neighbour& neighbour : file.beside)
        if (!neighbour.text.empty() &&
            belongs_to(neighbour.name, file.name.substr(folder_of(file.name).size())))
            present.names.push_back(folder_of(file.name) + neighbour.name);
    present_.insert_or_assign(item.id, std::move(present));
    yield.items.push_back(std::move(item));
}

/// What is an item itself goes by itself, whoever else names it.
void FolderSource::let_go_of_items() {
    std::set<std::string> own;
    for (const auto& [id, present] : present_)
        own.insert(present.names.front());
    for (auto& [id, present] : present_)
        present.names.erase(std::remove_if(present.names.begin() + 1, present.names.end(),
                                           [&](const std::string& name) { return own.count(name) > 0; }),
                            present.names.end());
}

bool FolderSource::find_media(const FoundFile& file, Item& item, Present& present, SourceYield& yield) {
    for (ItemMedia& media : item.media) {
        if (media.file.empty())
            continue;
        const std::string name = folder_of(file.name) + media.file;
        const std::string path = folder_.path + "/" + name;
        struct stat info {};
        if (!is_inside(media.file) || ::lstat(path.c_str(), &info) != 0 || !S_ISREG(info.st_mode)) {
            yield.warnings.push_back(file.name + ": there is no file " + media.file + " beside it");
            media.file = path; // the post is held for it, with these words
            continue;
        }
        if (is_restless(Instant{std::chrono::seconds{info.st_ctim.tv_sec}}, clock_.now()))
            return false;
        if (name != file.name)
            present.names.push_back(name);
        media.file = path;
    }
    return true;
}

asio::awaitable<Result<>> FolderSource::settle(Fate fate) {
    const auto found = present_.find(fate.id);
    if (found == present_.end())
        co_return Result<>{};
    const Present& present = found->second;
    if (present.changed > fate.at + clocks_differ) {
        // Another file under the same name: the one that was posted has been taken away by somebody.
        ++again_[present.names.front()];
        read_before_ = false;
        present_.erase(found);
        if (changed_)
            changed_();
        co_return Result<>{};
    }
    std::vector<std::string> names = present.names;
    std::string into{fate.published ? sent_folder : failed_folder};
    const Result<> moved = co_await move(std::move(into), std::move(names), std::move(fate.words));
    if (!moved)
        co_return moved;
    // What comes under that name from now on is another file. (Should this be forgotten, for the process dies
    // before the next look, its time tells.)
    if (const auto gone = present_.find(fate.id); gone != present_.end()) {
        ++again_[gone->second.names.front()];
        present_.erase(gone);
    }
    co_return moved;
}

asio::awaitable<Result<>> FolderSource::move(std::string into, std::vector<std::string> names,
                                             std::string words) {
    std::function<Result<>()> work = [folder = folder_.path, into = std::move(into), names = std::move(names),
                                      words = std::move(words)] {
        return move_files(folder, into, names, words);
    };
    co_return co_await elsewhere(pool_, std::move(work));
}

} // namespace crier::plugin
