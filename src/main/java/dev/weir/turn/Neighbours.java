package dev.weir.turn;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;

/** What a node knows of the others. */
@Dependent
class Neighbours {

    final NodeId self;
    final OtherNodes others;
    final AnswersUnderWay underWay;

    @Inject
    Neighbours(NodeId self, OtherNodes others, AnswersUnderWay underWay) {
        this.self = self;
        this.others = others;
        this.underWay = underWay;
    }

    /** A node without others. */
    static Neighbours none(NodeId self) {
        return new Neighbours(self, OtherNodes.NONE, AnswersUnderWay.NONE);
    }
}
