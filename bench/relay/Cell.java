package relay;

/** What was measured of one target under one load; several of the same can be added up. */
final class Cell {

    final Samples firsts = new Samples();
    final Samples delays = new Samples();
    double seconds;
    double processorSeconds;

    /** The part of it that went into compiling: what was not warm yet. */
    double compilerSeconds;

    int complete;
    int broken;
    String problem = "";

    void ended(Answer answer) {
        if (answer.problem().isEmpty()) {
            complete++;
            firsts.add(answer.firstAfter());
        } else {
            broken++;
            problem = answer.problem();
        }
    }

    void add(Cell other) {
        firsts.addAll(other.firsts);
        delays.addAll(other.delays);
        seconds += other.seconds;
        processorSeconds += other.processorSeconds;
        compilerSeconds += other.compilerSeconds;
        complete += other.complete;
        broken += other.broken;
        problem = problem.isEmpty() ? other.problem : problem;
    }

    double streamsPerSecond() {
        return complete / seconds;
    }

    /** Seconds of processor time for a million deltas, which is microseconds for one. */
    double processorPerMillion(int deltas) {
        return processorSeconds * 1e6 / ((long) (complete + broken) * deltas);
    }
}
